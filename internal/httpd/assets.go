package httpd

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// assets serves the built web client.
//
// The file system is embedded and does not change while the program runs, so a file is read, hashed and
// compressed once, at the first request. Only the compressed form is kept, since every browser accepts it
// and the plain form is in the program's binary anyway. It is gzip, though brotli is smaller: that
// would take longer, and the client is fetched only once and then cached.
type assets struct {
	fsys fs.FS

	mu    sync.Mutex
	known map[string]*asset // grows to the number of files in fsys and no further
	kept  int               // bytes of compressed files in known
}

type asset struct {
	once sync.Once
	err  error
	mime string
	hash string
	size int
	gzip []byte // nil: not worth it, or maxKept reached
}

// maxKept bounds the compressed files in memory; the client needs about a tenth of it.
const maxKept = 32 << 20

func newAssets(fsys fs.FS) *assets {
	return &assets{fsys: fsys, known: make(map[string]*asset)}
}

// serve responds with the file that is asked for. If it is private, no shared cache may store it.
func (a *assets) serve(w http.ResponseWriter, r *http.Request, private bool) {
	name := fileName(r.URL.Path)
	if name == "index.html" && !a.hasIndex() {
		writePage(w, r, http.StatusOK, missingClientPage())
		return
	}
	file := a.find(name)
	if file == nil {
		plainError(w, http.StatusNotFound, missingFile(r))
		return
	}
	file.once.Do(func() { a.load(name, file) })
	if file.err != nil {
		plainError(w, http.StatusInternalServerError, "the file cannot be read")
		return
	}
	w.Header().Set("Cache-Control", cacheControl(name, private))
	a.write(w, r, name, file)
}

// missingFile returns what a user who opened the address can do about it.
func missingFile(r *http.Request) string {
	if !wantsPage(r) {
		return "no such file"
	}
	return "no such file; the page is at the root of this server, and a handler under a prefix needs http.StripPrefix"
}

// fileName is the file that a URL path names, or "" if it can name none. A path that climbs, or hides
// backslashes or a NUL, is no valid name in an fs.FS.
func fileName(urlPath string) string {
	name := strings.TrimPrefix(urlPath, "/")
	if name == "" {
		return "index.html"
	}
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\\x00") {
		return ""
	}
	return name
}

func (a *assets) hasIndex() bool {
	return a.fsys != nil && a.find("index.html") != nil
}

// find returns the file's entry, or nil where there is no such regular file.
func (a *assets) find(name string) *asset {
	if name == "" || a.fsys == nil {
		return nil
	}
	a.mu.Lock()
	file := a.known[name]
	a.mu.Unlock()
	if file != nil {
		return file
	}
	info, err := fs.Stat(a.fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known[name] == nil {
		a.known[name] = new(asset)
	}
	return a.known[name]
}

func (a *assets) load(name string, file *asset) {
	data, err := fs.ReadFile(a.fsys, name)
	if err != nil {
		file.err = err
		return
	}
	sum := sha256.Sum256(data)
	file.hash = hex.EncodeToString(sum[:12])
	file.mime = mimeType(name)
	file.size = len(data)
	if !compressible(file.mime) || len(data) < 512 {
		return
	}
	packed := compress(data)
	if len(packed) >= len(data)*9/10 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept+len(packed) <= maxKept {
		a.kept += len(packed)
		file.gzip = packed
	}
}

// level is as small as what the standard library makes by default, in a third of the time: the first page waits for it.
const level = 7

func compress(data []byte) []byte {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, level)
	if err != nil {
		panic(err) // there is no such level
	}
	_, _ = z.Write(data) // writing to a bytes.Buffer does not fail
	_ = z.Close()
	return bytes.Clone(buf.Bytes())
}

func (a *assets) write(w http.ResponseWriter, r *http.Request, name string, file *asset) {
	h := w.Header()
	tag, body, size := `"`+file.hash+`"`, file.gzip, len(file.gzip)
	packed := file.gzip != nil && acceptsGzip(r)
	if file.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
	}
	if packed {
		h.Set("Content-Encoding", "gzip")
		tag = `"` + file.hash + `-gzip"`
	} else {
		size = file.size
	}
	h.Set("ETag", tag)
	if matches(r.Header.Get("If-None-Match"), file.hash) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", file.mime)
	h.Set("Content-Length", strconv.Itoa(size))
	if r.Method == http.MethodHead {
		return
	}
	if packed {
		_, _ = w.Write(body) // an error means that the client has disconnected
		return
	}
	a.copyPlain(w, name)
}

// copyPlain sends the file as it is. Content-Length is out, so a failure can only cut the answer short, and
// net/http then closes the connection.
func (a *assets) copyPlain(w io.Writer, name string) {
	f, err := a.fsys.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = io.Copy(w, f)
}

// hashedName is how the bundler names files that never change: name-HASH.ext, all in assets/.
var hashedName = regexp.MustCompile(`^assets/.*-[A-Za-z0-9_-]{8}\.[a-z0-9]+$`)

func cacheControl(name string, private bool) string {
	if !hashedName.MatchString(name) {
		return "no-cache" // keep it, but revalidate it each time
	}
	if private {
		return "private, max-age=31536000, immutable"
	}
	return "public, max-age=31536000, immutable"
}

// matches reports whether an If-None-Match header has either form of the file.
func matches(header, hash string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == "*" || t == `"`+hash+`"` || t == `"`+hash+`-gzip"` {
			return true
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding, where "gzip;q=0" means no.
func acceptsGzip(r *http.Request) bool {
	star := false
	for _, v := range r.Header.Values("Accept-Encoding") {
		for t := range strings.SplitSeq(v, ",") {
			name, param, _ := strings.Cut(t, ";")
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip":
				return !isZero(param)
			case "*":
				star = !isZero(param)
			}
		}
	}
	return star
}

// isZero reports whether it is the parameter q=0, with any number of decimals.
func isZero(param string) bool {
	v, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(param), " ", ""), "q=")
	if !ok {
		return false
	}
	q, err := strconv.ParseFloat(v, 64)
	return err == nil && q == 0
}
