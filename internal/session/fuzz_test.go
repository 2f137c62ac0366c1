package session_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/viser-go/viser/internal/session"
)

// For any offer, the server selects an offered subprotocol, or the reason is valid.
func FuzzNegotiate(f *testing.F) {
	for _, s := range []string{"", "viser-go.v1, viser-v1.1.1", "viser-v1.0.0", "viser-v", ",,,", "viser-v1.1.1\x00", "viser-vé, viser-go.v1", "viser-v1.1.1,viser-v" + strings.Repeat("1", 300)} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		ok, protocol, reason := session.Negotiate(http.Header{"Sec-Websocket-Protocol": {first, second}})
		offered := false
		for p := range strings.SplitSeq(first+","+second, ",") {
			offered = offered || strings.TrimSpace(p) == protocol
		}
		if protocol != "" && !offered || strings.ContainsAny(protocol, " ,\r\n\x00") {
			t.Errorf("%q, %q answered with %q", first, second, protocol)
		}
		if ok && protocol != "viser-go.v1" && !strings.HasPrefix(protocol, "viser-v1.1.") {
			t.Errorf("%q, %q taken for %q", first, second, protocol)
		}
		if !strings.HasPrefix(reason, "Version mismatch. Client: ") || !strings.HasSuffix(reason, ", Server: 1.1.1") || len(reason) > 123 || !utf8.ValidString(reason) {
			t.Errorf("%q, %q refused with %q", first, second, reason)
		}
	})
}

func FuzzClipReason(f *testing.F) {
	f.Add("short")
	f.Add(strings.Repeat("é", 100))
	f.Add(strings.Repeat("x", 122) + "€")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		got := session.ClipReason(s)
		if len(got) > 123 || !utf8.ValidString(got) {
			t.Errorf("%q became %q", s, got)
		}
		if len(s) <= 123 && utf8.ValidString(s) && got != s {
			t.Errorf("%q was changed to %q", s, got)
		}
	})
}

// For any bytes after the handshake, only the session ends, with the connection. With framed set, the
// bytes are split into valid frames, which covers more of the code.
func FuzzInbound(f *testing.F) {
	f.Add([]byte("\x82\x80\x00\x00\x00\x00"), false)
	f.Add([]byte("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"), false)
	f.Add([]byte("\x02\x03abc\x80\x02de\x89\x01x\x88\x02\x03\xe8"), true)
	f.Add([]byte("\x82\x13\x82\xa4type\xa3Odd\xa1x\x01"), true)
	f.Add(inboundRaw(click("x")), false)
	h := newHouse(session.Options{})
	f.Cleanup(h.close)
	f.Fuzz(func(t *testing.T, data []byte, framed bool) {
		if framed {
			data = asFrames(data)
		}
		page := h.raw(t)
		p := <-h.peers
		drained := make(chan struct{})
		go func() { defer close(drained); _, _ = io.Copy(io.Discard, page) }()
		_, _ = page.Write(data) // the server may hang up before the end
		page.Close()
		<-p.left
		<-drained
	})
}

// asFrames reads data as a row of (first byte, length, payload) and masks each with zeros.
func asFrames(data []byte) []byte {
	var out []byte
	for len(data) >= 2 {
		n := min(int(data[1]&0x7f), 125, len(data)-2)
		out = append(out, data[0], 0x80|byte(n), 0, 0, 0, 0)
		out = append(out, data[2:2+n]...)
		data = data[2+n:]
	}
	return out
}
