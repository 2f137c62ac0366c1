package httpd

import (
	"net/http"
	"net/url"
	"strings"
)

// recordings is where the file is that the page plays.
const recordings = "recording/"

// A played file is what the page plays instead of showing what the server shows.
type played struct {
	name    string
	content http.Handler
}

// Play makes the page play a recording, which content serves to those who may have the page. name is the last part of its
// address, and what the page calls it.
func (h *Handler) Play(name string, content http.Handler) { h.played.Store(&played{name, content}) }

// servePlayed responds if the request is for the recording, or for the page, which is sent to where it plays it.
func (h *Handler) servePlayed(w http.ResponseWriter, r *http.Request) bool {
	p := h.played.Load()
	switch {
	case p == nil:
		return false
	case r.URL.Path == "/"+recordings+p.name:
		w.Header().Set("Cache-Control", "no-cache") // it is replaced by another recording under the same name
		w.Header().Set("Content-Type", "application/octet-stream")
		p.content.ServeHTTP(w, r)
		return true
	case r.URL.Path != "/" || r.URL.Query().Get("playbackPath") != "":
		return false
	}
	query := "playbackPath=" + url.QueryEscape(recordings+url.PathEscape(p.name))
	if r.URL.RawQuery != "" {
		query = r.URL.RawQuery + "&" + query
	}
	path, _, _ := strings.Cut(r.RequestURI, "?")
	w.Header().Set("Location", printable("./"+path[strings.LastIndexByte(path, '/')+1:]+"?"+query))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusTemporaryRedirect)
	return true
}
