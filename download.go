package viser

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path"
	"sync/atomic"

	"github.com/viser-go/viser/internal/wire"
)

// DownloadOptions are the options of SendFileDownload.
type DownloadOptions struct {
	PartSize        int  // bytes per message; default 1 MiB, at most 16 MiB
	SaveImmediately bool // the page saves the file at once instead of offering a link
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

// A content is the bytes of a file that clients read at their own speed. It is
// let go when the last of them has finished.
type content struct {
	io.ReaderAt
	size  int64
	users atomic.Int64
	free  func()
}

func (c *content) use() { c.users.Add(1) }

func (c *content) release() {
	if c.users.Add(-1) == 0 && c.free != nil {
		c.free()
	}
}

// bytesContent copies b.
func bytesContent(b []byte) *content {
	return &content{ReaderAt: byteReader(append([]byte(nil), b...)), size: int64(len(b))}
}

type byteReader []byte

func (r byteReader) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(r)) {
		return 0, io.EOF
	}
	n := copy(p, r[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// spool copies the reader into a temporary file, so that nothing large sits in
// memory and slow clients do not keep the program's reader.
func spool(name string, r io.Reader, size int64) (*content, error) {
	f, err := os.CreateTemp("", "viser-download-*")
	if err != nil {
		return nil, fmt.Errorf("download of %q: no temporary file: %w", name, err)
	}
	drop := func() { f.Close(); os.Remove(f.Name()) }
	n, err := io.Copy(f, io.LimitReader(r, size))
	switch {
	case err != nil:
		err = fmt.Errorf("download of %q: after %d of %d bytes: %w", name, n, size, err)
	case n < size:
		err = fmt.Errorf("download of %q: the reader ended after %d of %d bytes: %w", name, n, size, io.ErrUnexpectedEOF)
	}
	if err != nil {
		drop()
		return nil, err
	}
	return &content{ReaderAt: f, size: size, free: drop}, nil
}

// A download is one client's way through a content: a stream of parts.
type download struct {
	*content
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
	b := make([]byte, min(d.chunk, d.size-off))
	if _, err := d.ReadAt(b, off); err != nil && !errors.Is(err, io.EOF) {
		d.log(err)
		return nil
	}
	m := &wire.FileTransferPart{TransferUUID: d.uuid, PartIndex: d.part, Content: b}
	d.part++
	return m
}

// Close lets the content go.
func (d *download) Close() {
	if d.done.CompareAndSwap(false, true) {
		d.release()
	}
}

// send starts the download to one client.
func (c *Client) sendDownload(name string, data *content, partSize int, opts *DownloadOptions) error {
	data.use()
	d := &download{
		content: data, uuid: newUUID(), chunk: int64(partSize),
		parts: int((data.size + int64(partSize) - 1) / int64(partSize)),
		log: func(err error) {
			c.server.log.Error("a download broke off", "file", name, "client", c.id, "error", err)
		},
	}
	err := c.scope.SendStream(&wire.FileTransferStartDownload{
		SaveImmediately: orPtr(opts, DownloadOptions{}).SaveImmediately,
		TransferUUID:    d.uuid, Filename: name, MimeType: mimeType(name),
		PartCount: d.parts, SizeBytes: int(data.size),
	}, d)
	if err != nil {
		d.Close()
		return fmt.Errorf("download of %q to client %d: %w", name, c.id, err)
	}
	return nil
}

// compressedTar has the endings of which Python's mimetypes, and so viser, says
// the type of what is inside.
var compressedTar = map[string]bool{".tar.gz": true, ".tar.bz2": true, ".tar.xz": true}

// fileTypes has what people download from a viewer and systems do not all know.
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

// SendFileDownload sends a file to the client's page, which offers it as a link
// or saves it at once. The type is told by the name. content is copied. The call
// does not wait for the page; if the client leaves, or too much is waiting for
// it, the download ends and the log says so.
func (c *Client) SendFileDownload(name string, content []byte, opts *DownloadOptions) {
	const fn = "Client.SendFileDownload"
	checkFileName(fn, name)
	size := opts.partSize(fn)
	if err := c.sendDownload(name, bytesContent(content), size, opts); err != nil {
		c.server.log.limited("a download was not sent", "error", err)
	}
}

// SendFileDownloadFrom is SendFileDownload for size bytes from a reader. They go
// through a temporary file, never all into memory; the reader is read to its end
// before the call returns. It fails if the reader fails or ends early, if there
// is no room for the file, or if the client has left.
func (c *Client) SendFileDownloadFrom(name string, r io.Reader, size int64, opts *DownloadOptions) error {
	const fn = "Client.SendFileDownloadFrom"
	checkFileName(fn, name)
	checkSize(fn, size)
	parts := opts.partSize(fn)
	data, err := spool(name, r, size)
	if err != nil {
		return err
	}
	data.use()
	defer data.release()
	return c.sendDownload(name, data, parts, opts)
}

func checkSize(fn string, size int64) {
	if size < 0 {
		usage(fn, "the size is %d", size)
	}
}

// SendFileDownload sends a file to every client that is connected now; see
// Client.SendFileDownload.
func (s *Server) SendFileDownload(name string, content []byte, opts *DownloadOptions) {
	const fn = "Server.SendFileDownload"
	checkFileName(fn, name)
	size := opts.partSize(fn)
	data := bytesContent(content)
	for c := range s.Clients() {
		if err := c.sendDownload(name, data, size, opts); err != nil {
			s.log.limited("a download was not sent", "error", err)
		}
	}
}

// SendFileDownloadFrom is SendFileDownload for size bytes from a reader, which is
// read once, to its end, before the call returns. A client that cannot take the
// file is named in the error; the others get it.
func (s *Server) SendFileDownloadFrom(name string, r io.Reader, size int64, opts *DownloadOptions) error {
	const fn = "Server.SendFileDownloadFrom"
	checkFileName(fn, name)
	checkSize(fn, size)
	parts := opts.partSize(fn)
	data, err := spool(name, r, size)
	if err != nil {
		return err
	}
	data.use()
	defer data.release()
	var failed error
	for c := range s.Clients() {
		failed = errors.Join(failed, c.sendDownload(name, data, parts, opts))
	}
	return failed
}
