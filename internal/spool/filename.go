package spool

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxFileName bounds the length of a file name in bytes.
const MaxFileName = 255

// reservedNames are those of devices on Windows.
var reservedNames = []string{"con", "prn", "aux", "nul"}

// SafeFileName turns a name from a client into one that is valid as the last element
// of a path on any system.
func SafeFileName(name string) string {
	name = strings.ToValidUTF8(name[max(0, len(name)-4096):], "_")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if name == "" {
		return "upload"
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	device := len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9'
	if device || slices.Contains(reservedNames, stem) {
		name = "_" + name
	}
	return shortenFileName(name)
}

// shortenFileName keeps the extension.
func shortenFileName(name string) string {
	if len(name) <= MaxFileName {
		return name
	}
	ext := filepath.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:MaxFileName-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, " .") + ext
}
