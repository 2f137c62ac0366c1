package wire

// FileTransferRefusedMessage says that a file from the page is not taken, or no longer. It is of the
// viser-go.v1 dialect; other pages get a notification.
//
//wire:message s2c extension
type FileTransferRefusedMessage struct {
	// the upload button
	SourceComponentUUID string `wire:"source_component_uuid"`
	// the identity of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// why, in words for the user
	Reason string `wire:"reason"`
}

// FileTransferCancelMessage says that the page sends no more of a file. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type FileTransferCancelMessage struct {
	// the identity of the transfer
	TransferUUID string `wire:"transfer_uuid"`
}
