package wire

// RunJavascriptMessage requests that the page run a script.
//
//wire:message s2c inscene
type RunJavascriptMessage struct {
	// the script; this library's server never sends one and its page never runs one
	Source string `wire:"source"`
}

// GetRenderRequestMessage requests a picture of the scene.
//
//wire:message s2c
type GetRenderRequestMessage struct {
	// the encoding of the image
	Format RenderFormat `wire:"format"`
	// the picture's height, in pixels
	Height int `wire:"height"`
	// the picture's width, in pixels
	Width int `wire:"width"`
	// of a JPEG, 1 to 100
	Quality int `wire:"quality"`
	// the camera's orientation, a unit quaternion, scalar first
	WXYZ [4]float64 `wire:"wxyz"`
	// the camera's position, in scene units
	Position [3]float64 `wire:"position"`
	// the vertical field of view, in radians
	FOV float64 `wire:"fov"`
	// the ID of the request, which the response repeats
	RenderUUID string `wire:"render_uuid"`
	// the longest wait for what is still being loaded, of the viser-go.v1 dialect, in milliseconds, negative for
	// no wait; left out while zero, the page's own limit
	AssetWaitMS int `wire:"asset_wait_ms,omitzero"`
	// the height of what the picture shows, in scene units, with parallel rays, of the viser-go.v1 dialect; left out
	// while zero, in perspective
	OrthographicHeight float64 `wire:"orthographic_height,omitzero"`
	// the number of the view whose nodes are shown, of the viser-go.v1 dialect; left out while zero, the main one
	Viewport int `wire:"viewport,omitzero"`
}

// GetRenderResponseMessage returns the requested picture.
//
//wire:message c2s
type GetRenderResponseMessage struct {
	// the encoded picture; empty if it failed
	Payload []byte `wire:"payload"`
	// the ID of the request, which the response repeats
	RenderUUID string `wire:"render_uuid"`
}

// FileTransferStartUpload announces a file from the page.
//
//wire:message c2s
type FileTransferStartUpload struct {
	// the upload button
	SourceComponentUUID string `wire:"source_component_uuid"`
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// the file's name, without a folder
	Filename string `wire:"filename"`
	// the file's MIME type
	MimeType string `wire:"mime_type"`
	// the number of parts that follow
	PartCount int `wire:"part_count"`
	// the size of the file
	SizeBytes int `wire:"size_bytes"`
}

// FileTransferStartDownload announces a file for the page.
//
//wire:message s2c
type FileTransferStartDownload struct {
	// whether the page saves it at once instead of offering a link
	SaveImmediately bool `wire:"save_immediately"`
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// the file's name, without a folder
	Filename string `wire:"filename"`
	// the file's MIME type
	MimeType string `wire:"mime_type"`
	// the number of parts that follow
	PartCount int `wire:"part_count"`
	// the size of the file
	SizeBytes int `wire:"size_bytes"`
}

// FileTransferPart is a piece of a file.
//
//wire:message both
type FileTransferPart struct {
	// the upload button; null in downloads
	SourceComponentUUID *string `wire:"source_component_uuid"`
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// which part, from 0
	PartIndex int `wire:"part_index"`
	// the part's bytes
	Content []byte `wire:"content"`
}

// FileTransferPartAck reports how much of an upload was received.
//
//wire:message s2c
type FileTransferPartAck struct {
	// the upload button; null in downloads
	SourceComponentUUID *string `wire:"source_component_uuid"`
	// the ID of the transfer
	TransferUUID string `wire:"transfer_uuid"`
	// the number of bytes received
	TransferredBytes int `wire:"transferred_bytes"`
	// the total number of bytes
	TotalBytes int `wire:"total_bytes"`
}

// ShareUrlRequest requests a URL at which others can reach the server.
//
//wire:message c2s
type ShareUrlRequest struct {
}

// ReplayDoneMessage reports that everything that existed when the page connected has been
// sent.
//
//wire:message s2c
type ReplayDoneMessage struct {
}

// ShareUrlUpdated reports the URL at which others can reach the server.
//
//wire:message s2c
type ShareUrlUpdated struct {
	// the address; null for none
	ShareURL *string `wire:"share_url"`
}

// ShareUrlDisconnect ends the sharing.
//
//wire:message c2s
type ShareUrlDisconnect struct {
}

// LocalStorageSetItemMessage stores an item in the browser's local storage.
//
//wire:message s2c
type LocalStorageSetItemMessage struct {
	// the name of the item
	Key string `wire:"key"`
	// the value
	Value string `wire:"value"`
}

// LocalStorageRemoveItemMessage removes an item of the browser's local storage.
//
//wire:message s2c
type LocalStorageRemoveItemMessage struct {
	// the name of the item
	Key string `wire:"key"`
}

// LocalStorageClearMessage clears the browser's local storage.
//
//wire:message s2c
type LocalStorageClearMessage struct {
}

// LocalStorageGetItemRequestMessage requests an item of the browser's local storage.
//
//wire:message s2c
type LocalStorageGetItemRequestMessage struct {
	// the name of the item
	Key string `wire:"key"`
	// the ID of the request, which the response repeats
	RequestUUID string `wire:"request_uuid"`
}

// LocalStorageGetItemResponseMessage returns an item of the browser's local storage.
//
//wire:message c2s
type LocalStorageGetItemResponseMessage struct {
	// the text; null if there is none
	Value *string `wire:"value"`
	// why it failed; null if it did not
	Error *string `wire:"error"`
	// the ID of the request, which the response repeats
	RequestUUID string `wire:"request_uuid"`
}

// SessionMessage describes the session to the page. It is of the viser-go.v1 dialect: the first message of each
// connection.
//
//wire:message s2c extension
type SessionMessage struct {
	// identifies the run of the server: another value means that it was restarted
	Epoch string `wire:"epoch"`
	// the ID of the client
	ClientID int `wire:"client_id"`
	// the secret that a later connection offers to continue the session; empty if that is not possible
	Resume string `wire:"resume"`
	// how long the server keeps the session of a lost connection, in seconds
	GraceSec float64 `wire:"grace_sec"`
	// whether the page keeps what it has: only changes follow. Otherwise the whole state follows
	Resumed bool `wire:"resumed"`
	// whether a reload of the page continues the session
	KeepOnReload bool `wire:"keep_on_reload"`
	// the number of messages of the session that the server has received
	Received int `wire:"received"`
	// the close code with which the server ended the connection before this one, which may not have arrived; 0 if it
	// was lost, or there was none
	Ended int `wire:"ended"`
	// what the user may do: "operate", or "view"
	Role string `wire:"role"`
	// the name of the user; empty if the server has none
	Name string `wire:"name"`
}

// SessionAckMessage reports what the page has received. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type SessionAckMessage struct {
	// the cursor of the newest frame that was received
	Cursor string `wire:"cursor"`
	// if not 0, the server responds with a SessionReceivedMessage that repeats it
	Ping int `wire:"ping,default"`
}

// SessionReceivedMessage reports what the server has received. It is of the viser-go.v1 dialect.
//
//wire:message s2c extension
type SessionReceivedMessage struct {
	// the number of messages of the session that the server has received
	Received int `wire:"received"`
	// of the SessionAckMessage that it responds to, else 0
	Ping int `wire:"ping,default"`
}

// ClientStatsRequestMessage requests a ClientStatsMessage. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type ClientStatsRequestMessage struct{}

// ClientStatsMessage has the server's counters of the page's connection. It is of the viser-go.v1 dialect.
//
//wire:message s2c extension
type ClientStatsMessage struct {
	// the number of windows of changes that were merged into later ones, as the page was still receiving an earlier one
	WindowsMerged int `wire:"windows_merged"`
}
