package wire

// DropSource is what FileTransferStartUpload has in place of an upload button for a file that was dropped on the page.
const DropSource = "viser-drop"

// FileDropMessage says which files can be dropped on the page. It is of the viser-go.v1 dialect. Without one, or if the
// last one has `enabled` false, the page takes only recordings, which it plays itself. A file is uploaded with
// "viser-drop" as its source component.
//
//wire:message s2c extension
type FileDropMessage struct {
	// whether files are taken
	Enabled bool `wire:"enabled"`
	// the maximum size of a file, in bytes
	MaxBytes int `wire:"max_bytes"`
	// the endings of the names of files that are taken, in lower case with their period; empty: any
	Types []string `wire:"types"`
	// what the page says while a file is over it; empty for its own text
	Hint string `wire:"hint"`
}

// FileTransferRefusedMessage reports that an upload was refused or canceled by the server. It is of
// the viser-go.v1 dialect; other pages get a notification.
//
//wire:message s2c extension
type FileTransferRefusedMessage struct {
	// the upload button
	SourceComponentUUID string `wire:"source_component_uuid"`
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// the reason, as text for the user
	Reason string `wire:"reason"`
}

// FileTransferCancelMessage reports that the page canceled an upload. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type FileTransferCancelMessage struct {
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
}
