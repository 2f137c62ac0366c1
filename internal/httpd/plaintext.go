package httpd

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
	"net"
	"net/http"
	"strings"
)

// ExplainTLS returns a listener for a server with TLS, whose connections answer a client that speaks plain HTTP: it is
// redirected to https, or told so. Users often type an address without https.
func ExplainTLS(ln net.Listener) net.Listener { return explainingListener{ln} }

type explainingListener struct{ net.Listener }

func (l explainingListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &explainingConn{Conn: c}, nil
}

// explainingConn is below TLS. TLS reads it by one goroutine at a time.
type explainingConn struct {
	net.Conn
	known bool // that it is not plain HTTP
}

// NetConn returns the connection below, as that of a tls.Conn does.
func (c *explainingConn) NetConn() net.Conn { return c.Conn }

// Read looks at the first byte: a TLS handshake begins with 22, a request of HTTP with a capital letter.
func (c *explainingConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.known || n == 0 {
		return n, err
	}
	c.known = true
	if p[0] < 'A' || p[0] > 'Z' {
		return n, err
	}
	c.explain(bytes.Clone(p[:n]))
	return 0, errPlain
}

var errPlain = errors.New("the client does not use TLS")

// explain responds to a request in plain HTTP. The time limits of the handshake apply.
func (c *explainingConn) explain(begun []byte) {
	const most = 32 << 10
	r, err := http.ReadRequest(bufio.NewReader(io.LimitReader(io.MultiReader(bytes.NewReader(begun), c.Conn), most)))
	if err != nil {
		return
	}
	response := plainResponse(r)
	if r.Method == http.MethodHead {
		head, _, _ := strings.Cut(response, "\r\n\r\n")
		response = head + "\r\n\r\n"
	}
	_, _ = io.WriteString(c.Conn, response) // an error means that the client has disconnected
}

// plainResponse is the response to a request in plain HTTP. One with a token is not redirected: its user should know that
// the token was not encrypted.
func plainResponse(r *http.Request) string {
	const advice = "this server needs https: open the same address with https:// in front"
	_, _, named := splitHost(r.Host)
	if r.Method != http.MethodGet && r.Method != http.MethodHead || isUpgrade(r) || !named || !strings.HasPrefix(r.RequestURI, "/") {
		return plainHead("400 Bad Request", "text/plain; charset=utf-8", "") + "viser: " + advice + "\n"
	}
	if !r.URL.Query().Has("token") {
		return plainHead("307 Temporary Redirect", "text/plain; charset=utf-8", "Location: "+printable("https://"+r.Host+r.RequestURI)+"\r\n") + "viser: " + advice + "\n"
	}
	to := html.EscapeString(printable("https://" + r.Host + r.RequestURI))
	return plainHead("400 Bad Request", "text/html; charset=utf-8", "") + pageHead + pageBody + `<h1>This server needs https</h1>
<p>The link began with http, so the token in it was sent without encryption. If somebody may have read it, ask for a new one.</p>
<p><a href="` + to + `">Open the viewer with https</a></p>` + pageEnd
}

func plainHead(status, contentType, more string) string {
	return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\n" + more +
		"Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:\r\n" +
		"X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
}
