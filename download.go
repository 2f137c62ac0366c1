package viser

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"path"
	"sync/atomic"

	"github.com/viser-go/viser/internal/spool"
	"github.com/viser-go/viser/internal/wire"
)

// DownloadOptions are the options of SendFileDownload.
type DownloadOptions struct {
	PartSize        int  // the bytes per message, at most 16 MiB; default 1 MiB
	SaveImmediately bool // whether the page saves the file at once instead of showing a link; default false
}

const (
	defaultPartSize = 1 << 20
	maxPartSize     = 16 << 20
)

func (o *DownloadOptions) partSize(fn string) int {
	size := or(orPtr(o, DownloadOptions{}).PartSize, defaultPartSize)
	if size < 1 || size > maxPartSize {
		usage(fn, "PartSize is %d; it must be 1 to %d bytes", size, maxPartSize)
	}
	return size
}

// spooled copies the reader into a temporary file.
func spooled(fn, name string, r io.Reader, size int64) (*spool.Download, error) {
	if r == nil {
		usage(fn, "the reader is nil")
	}
	data, err := spool.NewDownloadFrom(r, size)
	if err != nil {
		return nil, fmt.Errorf("download of %q: %w", name, err)
	}
	return data, nil
}

// A download is a file as a stream of parts, for one client.
type download struct {
	*spool.Download
	uuid  string
	part  int
	parts int
	chunk int64
	log   func(error)
	done  atomic.Bool
}

// Next returns the next part, nil after the last.
func (d *download) Next() wire.Message {
	if d.part >= d.parts || d.done.Load() {
		return nil
	}
	off := int64(d.part) * d.chunk
	b := make([]byte, min(d.chunk, d.Size-off))
	if _, err := d.ReadAt(b, off); err != nil && !errors.Is(err, io.EOF) {
		d.log(err)
		return nil
	}
	m := &wire.FileTransferPart{TransferUUID: d.uuid, PartIndex: d.part, Content: b}
	d.part++
	return m
}

// Close releases the file.
func (d *download) Close() {
	if d.done.CompareAndSwap(false, true) {
		d.Release()
	}
}

// send starts the download to one client.
func (c *Client) sendDownload(name string, data *spool.Download, partSize int, opts *DownloadOptions) error {
	if c.ctx.Err() != nil {
		return c.downloadFailed(name, ErrClientLeft)
	}
	data.Use()
	d := &download{
		Download: data, uuid: newUUID(), chunk: int64(partSize),
		parts: int((data.Size + int64(partSize) - 1) / int64(partSize)),
		log: func(err error) {
			c.server.log.limit(slog.LevelError, "download failed", "download failed", "file", name, "client", c.id, "error", err)
		},
	}
	err := c.scope.SendStream(&wire.FileTransferStartDownload{
		SaveImmediately: orPtr(opts, DownloadOptions{}).SaveImmediately,
		TransferUUID:    d.uuid, Filename: name, MimeType: mimeType(name),
		PartCount: d.parts, SizeBytes: int(data.Size),
	}, d)
	if err != nil {
		d.Close()
		return c.downloadFailed(name, c.sendError(err))
	}
	c.auditedFile("download sent", name, data.Size)
	return nil
}

func (c *Client) downloadFailed(name string, err error) error {
	return fmt.Errorf("download of %q to client %d: %w", name, c.id, err)
}

// unsent logs that a download was not sent, at debug level if the client has left.
func (l *logger) unsent(err error) {
	const msg = "download not sent"
	if errors.Is(err, ErrClientLeft) {
		l.removed(msg, "error", err)
		return
	}
	l.limited(msg, "error", err)
}

// compressedTar has the extensions for which Python's mimetypes, and so upstream
// viser, gives the type of the content.
var compressedTar = map[string]bool{".tar.gz": true, ".tar.bz2": true, ".tar.xz": true}

// fileTypes has types of common downloads that some systems lack.
var fileTypes = map[string]string{
	".json": "application/json", ".csv": "text/csv", ".txt": "text/plain", ".zip": "application/zip",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".mp4": "video/mp4", ".gif": "image/gif",
	".glb": "model/gltf-binary", ".gltf": "model/gltf+json", ".obj": "model/obj", ".stl": "model/stl",
	".pdf": "application/pdf", ".html": "text/html", ".xml": "text/xml", ".md": "text/markdown",
	".npy": "application/octet-stream", ".npz": "application/octet-stream", ".ply": "application/octet-stream",
	".gz": "application/octet-stream", ".tar": "application/x-tar", ".bin": "application/octet-stream",
}

// mimeType returns the type of a file by its name.
func mimeType(name string) string {
	ext := path.Ext(name)
	if compressedTar[path.Ext(name[:len(name)-len(ext)])+ext] {
		return "application/x-tar"
	}
	if t, ok := fileTypes[ext]; ok {
		return t
	}
	t, _, err := mime.ParseMediaType(mime.TypeByExtension(ext))
	if err != nil {
		return "application/octet-stream"
	}
	return t
}

func checkFileName(fn, name string) {
	if name == "" {
		usage(fn, "the file has no name")
	}
}

// SendFileDownload sends a file to the client, which shows a link to it or saves it at
// once. The MIME type is derived from the name. content is copied. The call does not
// wait for the client. If the client leaves, or too many downloads are pending for it,
// the download ends with a log message.
func (c *Client) SendFileDownload(name string, content []byte, opts *DownloadOptions) {
	const fn = "Client.SendFileDownload"
	checkFileName(fn, name)
	size := opts.partSize(fn)
	if err := c.sendDownload(name, spool.NewDownload(content), size, opts); err != nil {
		c.server.log.unsent(err)
	}
}

// SendFileDownloadFrom is like SendFileDownload, for size bytes from a reader. They are
// stored in a temporary file, not in memory; the reader is read to its end before the
// call returns. It fails if the reader fails or ends early, if there is no space for
// the file, or with ErrClientLeft.
func (c *Client) SendFileDownloadFrom(name string, r io.Reader, size int64, opts *DownloadOptions) error {
	const fn = "Client.SendFileDownloadFrom"
	checkFileName(fn, name)
	checkSize(fn, size)
	parts := opts.partSize(fn)
	if c.ctx.Err() != nil {
		return c.downloadFailed(name, ErrClientLeft)
	}
	data, err := spooled(fn, name, r, size)
	if err != nil {
		return err
	}
	data.Use()
	defer data.Release()
	return c.sendDownload(name, data, parts, opts)
}

func checkSize(fn string, size int64) {
	if size < 0 {
		usage(fn, "the size is %d", size)
	}
}

// SendFileDownload sends a file to every connected client; see Client.SendFileDownload.
func (s *Server) SendFileDownload(name string, content []byte, opts *DownloadOptions) {
	const fn = "Server.SendFileDownload"
	checkFileName(fn, name)
	size := opts.partSize(fn)
	data := spool.NewDownload(content)
	for c := range s.Clients() {
		if err := c.sendDownload(name, data, size, opts); err != nil {
			s.log.unsent(err)
		}
	}
}

// SendFileDownloadFrom is like SendFileDownload, for size bytes from a reader, which is
// read once, to its end, before the call returns. The error names the clients that
// cannot receive the file; the others receive it. A client that leaves during the call
// is not an error.
func (s *Server) SendFileDownloadFrom(name string, r io.Reader, size int64, opts *DownloadOptions) error {
	const fn = "Server.SendFileDownloadFrom"
	checkFileName(fn, name)
	checkSize(fn, size)
	parts := opts.partSize(fn)
	data, err := spooled(fn, name, r, size)
	if err != nil {
		return err
	}
	data.Use()
	defer data.Release()
	var failed error
	for c := range s.Clients() {
		if err := c.sendDownload(name, data, parts, opts); !errors.Is(err, ErrClientLeft) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
