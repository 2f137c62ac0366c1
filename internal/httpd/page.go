package httpd

import (
	"html"
	"net/http"
	"strconv"
)

// The pages that the server generates. They are self-contained: a client without the token receives no assets.

const pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>viser</title><style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1.5em}
input,button{font:inherit;padding:.3em .6em}
</style>`

// unauthorizedPage shows the reason and a form, which sends what is typed as ?token=.
func unauthorizedPage(why string) string {
	return pageHead + `</head><body>
<h1>A token is needed</h1>
<p>` + html.EscapeString(why) + `.</p>
<form><label>Token: <input name="token" type="password" autocomplete="off" autofocus></label> <button>Open</button></form>
<p>Came here by a link from another site, and had opened this before? <a href="?">Open it again</a>.</p>
</body></html>
`
}

// hopPage redirects at once; to is a relative URL.
func hopPage(to string) string {
	to = html.EscapeString(to)
	return pageHead + `<meta http-equiv="refresh" content="0;url=` + to + `"></head><body>
<p><a href="` + to + `">Open the viewer</a></p>
</body></html>
`
}

// missingClientPage replaces index.html in a program built without the web client.
func missingClientPage() string {
	return pageHead + `</head><body>
<h1>The server runs, its page was left out</h1>
<p>This program was built without the embedded web client. Open another viser client with
<code>?websocket=</code> and this address.</p>
</body></html>
`
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
