package viser

import (
	"net/http"
	"strconv"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/session"
)

// clientHeader is where a page that fetches an array has the ID of its client. Only
// statistics depend on it.
const clientHeader = "Viser-Client"

// serveArray serves a large array, and counts its bytes as sent to the client.
func (s *Server) serveArray(w http.ResponseWriter, r *http.Request) {
	if t := s.trafficOf(r); t != nil {
		w = &countedResponse{w, t}
	}
	s.store.Blobs().ServeHTTP(w, r)
}

// trafficOf returns the counters of the client that the request names, nil if it names
// none that it can be from.
func (s *Server) trafficOf(r *http.Request) *session.Traffic {
	id, err := strconv.Atoi(r.Header.Get(clientHeader))
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.clients[id]
	if c == nil || !c.grant().Same(access.Of(r.Context())) {
		return nil
	}
	return c.session.traffic
}

// A countedResponse counts the bytes of a response.
type countedResponse struct {
	http.ResponseWriter
	traffic *session.Traffic
}

func (w *countedResponse) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.traffic.Fetched(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *countedResponse) Unwrap() http.ResponseWriter { return w.ResponseWriter }
