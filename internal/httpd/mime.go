package httpd

import (
	"path"
	"strings"
)

// mimeTypes is a table of this package: the system's differs between machines, and one that maps JavaScript to
// text/plain (a known error of some Windows registries) would make the page blank.
var mimeTypes = map[string]string{
	".avif":        "image/avif",
	".bin":         "application/octet-stream",
	".css":         "text/css; charset=utf-8",
	".exr":         "image/x-exr",
	".gif":         "image/gif",
	".glb":         "model/gltf-binary",
	".gltf":        "model/gltf+json",
	".hdr":         "image/vnd.radiance",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".jpeg":        "image/jpeg",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".ktx2":        "image/ktx2",
	".map":         "application/json",
	".mjs":         "text/javascript; charset=utf-8",
	".mp4":         "video/mp4",
	".otf":         "font/otf",
	".ply":         "application/octet-stream",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".viser":       "application/octet-stream",
	".wasm":        "application/wasm",
	".webm":        "video/webm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff":        "font/woff",
	".woff2":       "font/woff2",
	".xml":         "application/xml",
}

func mimeType(name string) string {
	if t, ok := mimeTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// compressible reports whether gzip is worth its time: text, and the binary kinds that are not packed already.
func compressible(mime string) bool {
	kind, _, _ := strings.Cut(mime, ";")
	switch kind {
	case "application/json", "application/wasm", "application/xml", "application/manifest+json",
		"application/octet-stream", "image/svg+xml", "image/x-icon", "model/gltf+json", "model/gltf-binary", "font/ttf", "font/otf":
		return true
	}
	return strings.HasPrefix(kind, "text/")
}
