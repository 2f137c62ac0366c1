package wire

import "fmt"

// DecodeError is the error of bytes that are not a message or frame.
type DecodeError struct {
	Path   string // where in the message, such as "GuiUpdateMessage.updates.value"; may be empty
	Offset int    // of the byte at fault, in the msgpack data
	Reason string
}

func (err *DecodeError) Error() string {
	if err.Path == "" {
		return fmt.Sprintf("wire: byte %d: %s", err.Offset, err.Reason)
	}
	return fmt.Sprintf("wire: %s (byte %d): %s", err.Path, err.Offset, err.Reason)
}

// UnknownTypeError is the error of a well-formed message of a type that the schema does not have.
type UnknownTypeError struct{ Type string }

func (err *UnknownTypeError) Error() string {
	return fmt.Sprintf("wire: message type %q is neither in viser 1.1 nor in viser-go.v1", clip(err.Type))
}

// clip keeps foreign text in errors and logs short.
func clip(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "…"
}
