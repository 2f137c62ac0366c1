package httpd

import (
	"html"
	"net/http"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// The pages that the server generates. They are self-contained: a client without the token receives no assets.
// The Content-Security-Policy allows their style sheet; its colors are those of the web client. Without an icon, browsers
// request /favicon.ico, which would be logged as a second refusal.

const pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Viser</title><link rel="icon" href="data:,"><style>
:root{color-scheme:light dark;--page:#fff;--ink:#1c2733;--dim:#5a6672;--line:#aab2ba;--link:#1864ab;--back:#f1f3f5}
@media (prefers-color-scheme:dark){:root{--page:#1a1d21;--ink:#e6eaee;--dim:#a5afb9;--line:#5a6672;--link:#74c0fc;--back:#0f1113}}
*{box-sizing:border-box}
body{display:flex;min-height:100vh;min-height:100svh;margin:0;padding:1.25rem;background:var(--back);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif}
main{width:100%;max-width:27rem;margin:auto;padding:1.5rem;border-radius:10px;background:var(--page);
box-shadow:0 1px 3px #0000001a,0 8px 24px #0000001f;overflow-wrap:anywhere}
h1{margin:0 0 .5rem;font-size:1.25rem;line-height:1.3}
p{margin:.75rem 0 0}
small{display:block;margin-top:1.25rem;color:var(--dim);font-size:.875rem}
a{color:var(--link)}
label{display:block;margin:1rem 0 .25rem;font-size:.875rem;font-weight:600}
form div{display:flex;gap:.5rem}
input,button{min-height:44px;border-radius:6px;font:inherit}
input{flex:1;min-width:0;padding:0 .75rem;border:1px solid var(--line);background:var(--page);color:inherit}
button{padding:0 1rem;border:0;background:#1971c2;color:#fff;cursor:pointer}
button:hover{background:#1864ab}
:focus-visible{outline:2px solid var(--link);outline-offset:1px}
</style>`

const (
	pageBody = `</head><body><main>
`
	pageEnd = `
</main></body></html>
`
)

// unauthorizedPage shows the reason and a form, which sends what is typed as ?token=.
func unauthorizedPage(why string) string {
	return pageHead + pageBody + `<h1>A token is needed</h1>
<p>` + html.EscapeString(sentence(why)) + `</p>
<form><label for="token">Token</label>
<div><input name="token" id="token" type="password" autocomplete="off" autofocus><button>Open</button></div></form>
<small>Did you follow a link from another site, and have opened this viewer before? <a href="?">Open it again</a>.</small>` + pageEnd
}

// refusedPage shows why a request is refused where no token would help.
func refusedPage(why string) string {
	return pageHead + pageBody + `<h1>Access refused</h1>
<p>` + html.EscapeString(sentence(why)) + `</p>
<p><a href="?">Try again</a></p>` + pageEnd
}

// sentence makes a sentence of a message, which begins in lower case and has no period.
func sentence(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	return string(unicode.ToUpper(first)) + message[size:] + "."
}

// hopPage redirects at once; to is a relative URL.
func hopPage(to string) string {
	to = html.EscapeString(to)
	return pageHead + `<meta http-equiv="refresh" content="0;url=` + to + `">` + pageBody + `<a href="` + to + `">Open the viewer</a>` + pageEnd
}

// missingClientPage replaces index.html in a program built without the web client.
func missingClientPage() string {
	return pageHead + pageBody + `<h1>The server runs without a web client</h1>
<p>This program was built without the embedded web client. Open another viser client with
<code>?websocket=</code> and this address.</p>` + pageEnd
}

func writePage(w http.ResponseWriter, r *http.Request, status int, page string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(page)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(page)) // an error means that the client has disconnected
	}
}
