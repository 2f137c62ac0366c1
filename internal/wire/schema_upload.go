package wire

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
