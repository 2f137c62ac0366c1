package blob

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// Prefix is that of the paths below which arrays are found: "/blob/ID", and "/blob/ID/FROM-TO" for a run of its bytes.
// Runs have their own addresses because browsers don't cache large responses.
const Prefix = "/blob/"

// ServeHTTP serves an array or a run of it, with Range and If-None-Match. 404: it does not exist, or not any more.
func (x *Index) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, _ := strings.CutPrefix(r.URL.Path, Prefix)
	id, run, hasRun := strings.Cut(path, "/")
	b := x.Get(id)
	if b == nil {
		refuse(w, http.StatusNotFound, "there is no such array any more")
		return
	}
	data := b.Data
	if hasRun {
		from, to, ok := parseRun(run, len(data))
		if !ok {
			refuse(w, http.StatusNotFound, "the array has no such run")
			return
		}
		data = data[from:to]
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Cache-Control", caching(b))
	h.Set("ETag", `"`+path+`"`)
	send(w, r, data)
}

func refuse(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "viser: "+line, status)
}

// caching keeps arrays that change often out of the browser's cache, which has better uses for its space.
func caching(b *wire.Blob) string {
	if b.Passing && time.Since(b.Made) < wire.PassingTime {
		return "no-store"
	}
	return "private, max-age=86400, immutable"
}

// parseRun reads "FROM-TO", of which TO is the first byte that is not in the run.
func parseRun(run string, size int) (from, to int, ok bool) {
	a, b, _ := strings.Cut(run, "-")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	// Only one spelling, so that each run has one address.
	ok = err1 == nil && err2 == nil && 0 <= from && from < to && to <= size && run == strconv.Itoa(from)+"-"+strconv.Itoa(to)
	return from, to, ok
}

// send writes the data, or what the request's conditions ask for.
func send(w http.ResponseWriter, r *http.Request, data []byte) {
	p := &patient{ResponseWriter: w, c: http.NewResponseController(w)}
	defer p.end()
	if r.Method == http.MethodGet && r.Header.Get("Range") == "" && r.Header.Get("If-None-Match") == "" && r.Header.Get("If-Match") == "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		w.Header().Set("Accept-Ranges", "bytes")
		_, _ = p.Write(data) // an error means that the client has disconnected
		return
	}
	http.ServeContent(p, r, "", time.Time{}, bytes.NewReader(data))
}

// The page must accept a piece within pieceTime. It may be slow, but not stop.
const (
	pieceSize = 256 << 10
	pieceTime = 30 * time.Second
)

// patient is a ResponseWriter whose write deadline depends on the progress instead of the whole response.
type patient struct {
	http.ResponseWriter
	c *http.ResponseController
}

func (p *patient) Write(data []byte) (n int, err error) {
	for len(data) > 0 && err == nil {
		var some int
		_ = p.c.SetWriteDeadline(time.Now().Add(pieceTime)) // a handler around this one may not support it
		some, err = p.ResponseWriter.Write(data[:min(len(data), pieceSize)])
		n += some
		data = data[some:]
	}
	return n, err
}

// end leaves the connection without a deadline for its next request.
func (p *patient) end() {
	if p.c.Flush() == nil {
		_ = p.c.SetWriteDeadline(time.Time{}) // see Write
	}
}
