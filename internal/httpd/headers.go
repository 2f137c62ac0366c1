package httpd

import "strings"

// securityHeaders are the headers of every answer.
func securityHeaders(o originRules) map[string]string {
	return map[string]string{
		"Content-Security-Policy":      contentPolicy(o),
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer", // a token in the URL must not travel to a linked page
		"Cross-Origin-Resource-Policy": "same-origin",
	}
}

// contentPolicy is what our page may load: itself. A program's markdown cannot make the browsers of its
// viewers call other hosts, nor can a script that slipped through be loaded from one.
func contentPolicy(o originRules) string {
	return strings.Join([]string{
		"default-src 'self'",
		"script-src 'self' 'wasm-unsafe-eval'", // the zstd decoder is WebAssembly
		"style-src 'self' 'unsafe-inline'",     // the widget library sets style attributes
		"img-src 'self' data: blob:",
		"font-src 'self' data:",
		"media-src 'self' data: blob:",
		// ws: and wss: to any host, since ?websocket= lets this page show another server;
		// data: and blob: are how the glTF loader reads what is inside a file.
		"connect-src 'self' ws: wss: data: blob:",
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'self'",
		"form-action 'self'",
		"frame-ancestors " + frameAncestors(o),
	}, "; ")
}

// frameAncestors are the pages that may show ours in a frame: those that may open a websocket too.
func frameAncestors(o originRules) string {
	if o.any {
		return "*"
	}
	return strings.Join(append([]string{"'self'"}, o.listed...), " ")
}
