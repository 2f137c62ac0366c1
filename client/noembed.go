//go:build viser_noclient

// Package client would hold the built web client; the tag viser_noclient left it out.
package client

import "io/fs"

// FS returns nil and false: this binary holds no web client.
func FS() (fs.FS, bool) { return nil, false }
