package httpd

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser/internal/access"
)

// profilePrefix is where the profiles are, as with net/http/pprof. That package is not used: importing it adds the
// profiles to http.DefaultServeMux, where a program that imports this library may serve them to anyone.
const profilePrefix = "/debug/pprof/"

// maxProfileTime bounds how long one request may profile.
const maxProfileTime = 5 * time.Minute

// profile serves a profile to a request that has passed the checks of Host and access.
func (h *Handler) profile(w http.ResponseWriter, r *http.Request, g access.Grant) {
	anyone := g.Until == nil && h.gate.authorize == nil
	switch site := r.Header.Get("Sec-Fetch-Site"); {
	case !h.origins.allow(r) || site == "cross-site" || site == "same-site":
		h.refuse(w, r, http.StatusForbidden, "another site's page may not request profiles")
		return
	case g.Role != access.Operate:
		h.refuse(w, r, http.StatusForbidden, "profiles are not for those who only look")
		return
	case anyone && !direct(r):
		h.refuse(w, r, http.StatusForbidden, "profiles of a server without a token are only for connections from its own machine")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	name := strings.TrimPrefix(r.URL.Path, profilePrefix)
	switch name {
	case "":
		profileIndex(w)
	case "profile":
		h.record(w, r, pprof.StartCPUProfile, pprof.StopCPUProfile)
	case "trace":
		h.record(w, r, trace.Start, trace.Stop)
	default:
		lookupProfile(w, r, name)
	}
}

// direct reports whether the connection comes from a program on this machine that is not a proxy.
func direct(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func profileIndex(w http.ResponseWriter) {
	var b bytes.Buffer
	b.WriteString("profile: of the CPU, ?seconds=30\ntrace: an execution trace, ?seconds=1\n")
	for _, p := range pprof.Profiles() {
		fmt.Fprintf(&b, "%s: %d, as text with ?debug=1\n", p.Name(), p.Count())
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // an error means that the client has disconnected
}

func lookupProfile(w http.ResponseWriter, r *http.Request, name string) {
	p := pprof.Lookup(name)
	if p == nil {
		plainError(w, http.StatusNotFound, "there is no such profile")
		return
	}
	debug, _ := strconv.Atoi(r.URL.Query().Get("debug")) // 0 if it is missing or invalid
	setProfileType(w, name, debug != 0)
	_ = p.WriteTo(w, debug) // an error means that the client has disconnected
}

// record profiles for some seconds, or until the client disconnects. Only one request at a time can.
func (h *Handler) record(w http.ResponseWriter, r *http.Request, start func(io.Writer) error, stop func()) {
	seconds, err := strconv.ParseFloat(r.URL.Query().Get("seconds"), 64)
	if err != nil || !(seconds > 0) {
		seconds = 30
		if r.URL.Path == profilePrefix+"trace" {
			seconds = 1
		}
	}
	length := min(maxProfileTime, time.Duration(min(seconds, maxProfileTime.Seconds())*float64(time.Second)))
	setProfileType(w, strings.TrimPrefix(r.URL.Path, profilePrefix), false)
	if err := start(w); err != nil {
		w.Header().Del("Content-Disposition")
		plainError(w, http.StatusConflict, "another profile is being recorded")
		return
	}
	defer stop()
	t := time.NewTimer(length)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	case <-h.closed:
	}
}

func setProfileType(w http.ResponseWriter, name string, text bool) {
	if text {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}
