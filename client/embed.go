//go:build !viser_noclient

// Package client holds the built web client. The tag viser_noclient leaves it out of a binary.
package client

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the files of the web client, index.html at its root, and true. It is safe for concurrent use.
// In a binary built with the tag viser_noclient it returns nil and false.
func FS() (fs.FS, bool) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, false
	}
	return files, true
}
