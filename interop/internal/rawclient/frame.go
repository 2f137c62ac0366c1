// Package rawclient is a viewer on a plain socket: it has no display, validates
// everything, and shares no code with the library's wire package. The interop and
// conformance tests examine servers with it.
package rawclient

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
	"github.com/tinylib/msgp/msgp"
)

// A Message is one decoded message: nil, bool, string, float64, [Bytes],
// [Array], []any and map[string]any. Every number is a float64, because a page
// cannot tell 1 from 1.0 either.
type Message map[string]any

// Type is the message's "type", or "" if it has none.
func (m Message) Type() string {
	name, _ := m["type"].(string)
	return name
}

// Bytes is a msgpack bin: an encoded image, a part of a file.
type Bytes []byte

// An Array is a buffer from behind the msgpack part, with numpy's name of its type,
// such as "<f4". The protocol does not transmit its shape.
type Array struct {
	DType string
	Data  []byte
}

const headerSize = 16

// DecodeFrame splits one server frame, and rejects any deviation from viser 1.1's
// layout: a length that does not match, a buffer that does not start at a multiple of
// 8, padding that is not zero, something after the end.
func DecodeFrame(frame []byte) ([]Message, error) {
	top, tail, err := unpack(frame)
	if err != nil {
		return nil, err
	}
	lengths, ok := top["binaryBufferLengths"].([]any)
	if !ok {
		return nil, errors.New("frame: no binaryBufferLengths")
	}
	if _, ok := number(top["timestampSec"]); !ok {
		return nil, errors.New("frame: no timestampSec")
	}
	buffers, err := cut(frame, tail, lengths)
	if err != nil {
		return nil, err
	}
	list, ok := top["messages"].([]any)
	if !ok {
		return nil, errors.New("frame: no messages")
	}
	return messages(list, buffers)
}

// unpack decodes the msgpack part and returns where the buffers may begin.
func unpack(frame []byte) (top map[string]any, tail int, err error) {
	if len(frame) < headerSize {
		return nil, 0, fmt.Errorf("frame: %d bytes are no header", len(frame))
	}
	rawLength := binary.LittleEndian.Uint64(frame)
	packedLength := binary.LittleEndian.Uint64(frame[8:])
	if packedLength > uint64(len(frame)-headerSize) {
		return nil, 0, fmt.Errorf("frame: %d packed bytes announced, %d there", packedLength, len(frame)-headerSize)
	}
	tail = headerSize + int(packedLength)
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, 0, fmt.Errorf("frame: %w", err)
	}
	defer reader.Close()
	raw, err := reader.DecodeAll(frame[headerSize:tail], nil)
	if err != nil {
		return nil, 0, fmt.Errorf("frame: %w", err)
	}
	if uint64(len(raw)) != rawLength {
		return nil, 0, fmt.Errorf("frame: %d bytes of msgpack announced, %d there", rawLength, len(raw))
	}
	value, rest, err := msgp.ReadIntfBytes(raw)
	if err != nil {
		return nil, 0, fmt.Errorf("frame: %w", err)
	}
	if len(rest) != 0 {
		return nil, 0, fmt.Errorf("frame: %d bytes after the msgpack map", len(rest))
	}
	top, ok := value.(map[string]any)
	if !ok {
		return nil, 0, fmt.Errorf("frame: the top is a %T", value)
	}
	return top, tail, nil
}

// cut finds the buffers behind the msgpack part.
func cut(frame []byte, tail int, lengths []any) ([][]byte, error) {
	var buffers [][]byte
	at := tail
	for i, length := range lengths {
		n, ok := number(length)
		if !ok {
			return nil, fmt.Errorf("frame: length of buffer %d is a %T", i, length)
		}
		start := (at + 7) / 8 * 8
		if end := start + int(n); end > len(frame) {
			return nil, fmt.Errorf("frame: buffer %d ends at %d of %d", i, end, len(frame))
		}
		for _, pad := range frame[at:start] {
			if pad != 0 {
				return nil, fmt.Errorf("frame: padding before buffer %d is not zero", i)
			}
		}
		at = start + int(n)
		buffers = append(buffers, frame[start:at])
	}
	if at != len(frame) {
		return nil, fmt.Errorf("frame: %d bytes after the last buffer", len(frame)-at)
	}
	return buffers, nil
}

func messages(list []any, buffers [][]byte) ([]Message, error) {
	decoded := make([]Message, len(list))
	used := make([]int, len(buffers))
	for i, item := range list {
		value, err := plain(item, buffers, used)
		if err != nil {
			return nil, fmt.Errorf("frame: message %d: %w", i, err)
		}
		fields, ok := value.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("frame: message %d is a %T", i, value)
		}
		decoded[i] = fields
		if decoded[i].Type() == "" {
			return nil, fmt.Errorf("frame: message %d has no type: %v", i, fields)
		}
	}
	for i, n := range used {
		if n == 0 {
			return nil, fmt.Errorf("frame: nothing refers to buffer %d", i)
		}
	}
	return decoded, nil
}

// plain converts msgpack's types to the types of Message, and replaces placeholders by
// their arrays.
func plain(value any, buffers [][]byte, used []int) (any, error) {
	switch v := value.(type) {
	case nil, bool, string:
		return v, nil
	case []byte:
		return Bytes(v), nil
	case []any:
		return plainList(v, buffers, used)
	case map[string]any:
		return plainMap(v, buffers, used)
	}
	if n, ok := number(value); ok {
		return n, nil
	}
	return nil, fmt.Errorf("a %T has no place on this wire", value)
}

func plainList(list []any, buffers [][]byte, used []int) (any, error) {
	out := make([]any, len(list))
	for i, item := range list {
		var err error
		if out[i], err = plain(item, buffers, used); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func plainMap(fields map[string]any, buffers [][]byte, used []int) (any, error) {
	if index, ok := number(fields["__binary_index"]); ok {
		dtype, ok := fields["dtype"].(string)
		if !ok || index < 0 || int(index) >= len(buffers) {
			return nil, fmt.Errorf("placeholder %v, but %d buffers", fields, len(buffers))
		}
		used[int(index)]++
		return Array{DType: dtype, Data: buffers[int(index)]}, nil
	}
	out := make(map[string]any, len(fields))
	for key, item := range fields {
		var err error
		if out[key], err = plain(item, buffers, used); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func number(value any) (float64, bool) {
	switch n := value.(type) {
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	case float32:
		return float64(n), true
	}
	return 0, false
}
