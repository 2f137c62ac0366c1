package httpd

import "strings"

// securityHeaders are the headers of every answer.
func securityHeaders(o originRules, remoteImages bool) map[string]string {
	return map[string]string{
		"Content-Security-Policy":      contentPolicy(o, remoteImages),
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer", // a token in the URL must not travel to a linked page
		"Cross-Origin-Resource-Policy": "same-origin",
	}
}

// contentPolicy restricts the page to its own files. A program's Markdown cannot make the clients' browsers send
// requests to other hosts, unless remoteImages allows pictures from there, nor can an injected script be loaded
// from one.
func contentPolicy(o originRules, remoteImages bool) string {
	images := "img-src 'self' data: blob:"
	if remoteImages {
		images += " https:"
	}
	return strings.Join([]string{
		"default-src 'self'",
		"script-src 'self' 'wasm-unsafe-eval'", // the decoders of zstd and meshopt are WebAssembly
		"style-src 'self' 'unsafe-inline'",     // the widget library sets style attributes
		images,
		"font-src 'self' data:",
		"media-src 'self' data: blob:",
		// ws: and wss: to any host, since ?websocket= lets the page show another server;
		// data: and blob: are how the glTF loader reads what is inside a file.
		"connect-src 'self' ws: wss: data: blob:",
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'self'",
		"form-action 'self'",
		"frame-ancestors " + frameAncestors(o),
	}, "; ")
}

// frameAncestors are the origins whose pages may embed the server's page: those that may also open a websocket.
func frameAncestors(o originRules) string {
	if o.any {
		return "*"
	}
	return strings.Join(append([]string{"'self'"}, o.listed...), " ")
}
