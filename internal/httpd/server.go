package httpd

import (
	"log"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/viser-go/viser/internal/rate"
)

// NewServer returns an http.Server around h with every bound that net/http leaves open set. None of them
// touches a websocket: its connection is taken over, and the session bounds it.
func NewServer(h http.Handler, logger *slog.Logger) *http.Server {
	if logger == nil {
		logger = slog.Default()
	}
	errors := &errorLog{log: logger}
	if own, ok := h.(*Handler); ok {
		errors.quiet.Total = own.quiet.Total
	}
	var protocols http.Protocols
	protocols.SetHTTP1(true) // with TLS, browsers would choose HTTP/2, which has no websockets here
	return &http.Server{
		Protocols:         &protocols,
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second, // no request has a body
		WriteTimeout:      10 * time.Minute, // the whole client over a very slow link
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          log.New(errors, "", 0),
	}
}

// errorLog logs the messages of net/http (broken TLS handshakes and the like) at a limited rate, since any client can
// cause them.
type errorLog struct {
	log   *slog.Logger
	quiet rate.Log
}

func (e *errorLog) Write(line []byte) (int, error) {
	if n, ok := e.quiet.Allow(); ok {
		e.log.Warn("HTTP server error", "error", rate.Text(strings.TrimSpace(string(line))), "suppressed", n)
	}
	return len(line), nil
}
