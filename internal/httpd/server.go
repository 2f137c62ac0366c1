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
		for _, q := range []*rate.Log{&errors.quiet, &errors.quietCertificates, &errors.quietHandshakes} {
			q.Total = own.quiet.Total
		}
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

// errorLog logs the messages of net/http at a limited rate, since any client can
// cause them.
type errorLog struct {
	log   *slog.Logger
	quiet rate.Log
	// Of handshakes: certificates that browsers do not accept, and other failures.
	quietCertificates, quietHandshakes rate.Log
}

func (e *errorLog) Write(line []byte) (int, error) {
	if _, handshake, ok := strings.Cut(string(line), "TLS handshake error from "); ok {
		e.handshake(strings.TrimSpace(handshake))
		return len(line), nil
	}
	if n, ok := e.quiet.Allow(); ok {
		e.log.Warn("HTTP server error", "error", rate.Text(strings.TrimSpace(string(line))), "suppressed", n)
	}
	return len(line), nil
}

// handshake logs a handshake that failed. That is no failure of the server: every browser refuses a certificate that is
// signed by itself until its user has accepted it, and scanners of the network fail too.
func (e *errorLog) handshake(failure string) {
	from, reason, _ := strings.Cut(failure, ": ")
	if strings.Contains(reason, "remote error: tls: ") && strings.Contains(reason, "certificate") {
		if n, ok := e.quietCertificates.Allow(); ok {
			e.log.Info("a browser did not accept the certificate", "from", from, "error", rate.Text(reason),
				"hint", "browsers refuse one that is signed by itself until their user accepts it", "suppressed", n)
		}
		return
	}
	if n, ok := e.quietHandshakes.Allow(); ok {
		e.log.Debug("TLS handshake failed", "from", from, "error", rate.Text(reason), "suppressed", n)
	}
}
