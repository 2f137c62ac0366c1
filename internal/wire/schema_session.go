package wire

// RunJavascriptMessage goes from the server to the page.
//
//wire:message s2c inscene
type RunJavascriptMessage struct {
	Source string `wire:"source"`
}

// GetRenderRequestMessage goes from the server to the page.
//
//wire:message s2c
type GetRenderRequestMessage struct {
	Format     RenderFormat `wire:"format"`
	Height     int          `wire:"height"`
	Width      int          `wire:"width"`
	Quality    int          `wire:"quality"`
	WXYZ       [4]float64   `wire:"wxyz"`
	Position   [3]float64   `wire:"position"`
	FOV        float64      `wire:"fov"`
	RenderUUID string       `wire:"render_uuid"`
}

// GetRenderResponseMessage goes from the page to the server.
//
//wire:message c2s
type GetRenderResponseMessage struct {
	Payload    []byte `wire:"payload"`
	RenderUUID string `wire:"render_uuid"`
}

// FileTransferStartUpload goes from the page to the server.
//
//wire:message c2s
type FileTransferStartUpload struct {
	SourceComponentUUID string `wire:"source_component_uuid"`
	TransferUUID        string `wire:"transfer_uuid"`
	Filename            string `wire:"filename"`
	MimeType            string `wire:"mime_type"`
	PartCount           int    `wire:"part_count"`
	SizeBytes           int    `wire:"size_bytes"`
}

// FileTransferStartDownload goes from the server to the page.
//
//wire:message s2c
type FileTransferStartDownload struct {
	SaveImmediately bool   `wire:"save_immediately"`
	TransferUUID    string `wire:"transfer_uuid"`
	Filename        string `wire:"filename"`
	MimeType        string `wire:"mime_type"`
	PartCount       int    `wire:"part_count"`
	SizeBytes       int    `wire:"size_bytes"`
}

// FileTransferPart goes both ways.
//
//wire:message both
type FileTransferPart struct {
	SourceComponentUUID *string `wire:"source_component_uuid"`
	TransferUUID        string  `wire:"transfer_uuid"`
	PartIndex           int     `wire:"part_index"`
	Content             []byte  `wire:"content"`
}

// FileTransferPartAck goes from the server to the page.
//
//wire:message s2c
type FileTransferPartAck struct {
	SourceComponentUUID *string `wire:"source_component_uuid"`
	TransferUUID        string  `wire:"transfer_uuid"`
	TransferredBytes    int     `wire:"transferred_bytes"`
	TotalBytes          int     `wire:"total_bytes"`
}

// ShareUrlRequest goes from the page to the server.
//
//wire:message c2s
type ShareUrlRequest struct {
}

// ReplayDoneMessage goes from the server to the page.
//
//wire:message s2c
type ReplayDoneMessage struct {
}

// ShareUrlUpdated goes from the server to the page.
//
//wire:message s2c
type ShareUrlUpdated struct {
	ShareURL *string `wire:"share_url"`
}

// ShareUrlDisconnect goes from the page to the server.
//
//wire:message c2s
type ShareUrlDisconnect struct {
}

// LocalStorageSetItemMessage goes from the server to the page.
//
//wire:message s2c
type LocalStorageSetItemMessage struct {
	Key   string `wire:"key"`
	Value string `wire:"value"`
}

// LocalStorageRemoveItemMessage goes from the server to the page.
//
//wire:message s2c
type LocalStorageRemoveItemMessage struct {
	Key string `wire:"key"`
}

// LocalStorageClearMessage goes from the server to the page.
//
//wire:message s2c
type LocalStorageClearMessage struct {
}

// LocalStorageGetItemRequestMessage goes from the server to the page.
//
//wire:message s2c
type LocalStorageGetItemRequestMessage struct {
	Key         string `wire:"key"`
	RequestUUID string `wire:"request_uuid"`
}

// LocalStorageGetItemResponseMessage goes from the page to the server.
//
//wire:message c2s
type LocalStorageGetItemResponseMessage struct {
	Value       *string `wire:"value"`
	Error       *string `wire:"error"`
	RequestUUID string  `wire:"request_uuid"`
}
