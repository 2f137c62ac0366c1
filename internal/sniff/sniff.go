// Package sniff recognizes the kind of a file by its first bytes, for errors: "it looks like a PNG picture" is more
// helpful than an error about its first line.
package sniff

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// magics are how files of each kind begin.
var magics = []struct{ start, name string }{
	{"ply\n", "a PLY file"}, {"ply\r", "a PLY file"}, {"ply ", "a PLY file"}, {"ply\t", "a PLY file"},
	{"glTF", "a GLB file (binary glTF)"},
	{"\x89PNG\r\n", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"LASF", "a LAS point cloud"},
	{"ASTM-E57", "an E57 point cloud"},
	{"# .PCD", "a PCD point cloud"}, {"VERSION .7", "a PCD point cloud"}, {"VERSION 0.7", "a PCD point cloud"},
	{"# vtk DataFile", "a VTK file"},
	{"Kaydara FBX Binary", "an FBX model"},
	{"PXR-USDC", "a USD file"}, {"#usda", "a USD file"},
	{"DRACO", "a Draco file"},
	{"\x89HDF\r\n", "an HDF5 file"},
	{"\x93NUMPY", "a NumPy array"},
	{"#ROSBAG", "a ROS bag"}, {"\x89MCAP", "an MCAP recording"},
	{"%PDF", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive"}, {"\x1f\x8b", "a gzip archive"}, {"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"version https://git-lfs", "a pointer to a file in Git LFS: \"git lfs pull\" fetches the file itself"},
	{"\xff\xfe", "text in UTF-16"}, {"\xfe\xff", "text in UTF-16"},
}

// lines are the keywords at the beginning of lines of text formats.
var lines = []struct {
	keywords []string
	name     string
}{
	{[]string{"OFF", "COFF", "NOFF", "CNOFF", "STOFF"}, "an OFF mesh"},
	{[]string{"solid"}, "an STL mesh in text"},
	{[]string{"v", "vn", "vt", "f", "o", "g", "s", "mtllib", "usemtl"}, "a Wavefront OBJ file"},
}

// Name returns the detected format with its article, such as "a PNG picture"; "" if it is unknown. A few hundred
// bytes are enough.
func Name(start []byte) string {
	if len(start) == 0 {
		return "an empty file"
	}
	for _, m := range magics {
		if bytes.HasPrefix(start, []byte(m.start)) {
			return m.name
		}
	}
	if bytes.HasPrefix(start, []byte("RIFF")) && len(start) >= 12 && string(start[8:12]) == "WEBP" {
		return "a WebP picture"
	}
	if !Text(start) {
		return binaryName(start)
	}
	return textName(string(start))
}

// FirstInArchive returns the name of the first file in a ZIP archive of which these are the first bytes, a few hundred; ""
// if it is none.
func FirstInArchive(start []byte) string {
	const header = 30 // the length of the name is 4 bytes before its end
	if len(start) < header || !bytes.HasPrefix(start, []byte("PK\x03\x04")) {
		return ""
	}
	name := start[header:]
	return string(name[:min(len(name), int(binary.LittleEndian.Uint16(start[header-4:])))])
}

// binaryName recognizes formats that have no fixed beginning.
func binaryName(start []byte) string {
	const header, triangle = 80, 50
	// The header of a binary STL file is any text, often with zeros behind it; then comes the number of triangles,
	// each of which ends with two bytes that are zero in practice.
	if len(start) >= header+4+triangle && binary.LittleEndian.Uint32(start[header:]) > 0 &&
		start[header+4+triangle-2] == 0 && start[header+4+triangle-1] == 0 && Text(bytes.TrimRight(start[:header], "\x00 ")) {
		return "a binary STL mesh"
	}
	return ""
}

func textName(text string) string {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(lower, "<!doctype html"), strings.HasPrefix(lower, "<html"):
		return "a web page: perhaps a download that asked for a login"
	case strings.Contains(lower, "<collada"):
		return "a COLLADA model"
	case strings.HasPrefix(lower, "<"):
		return "XML"
	case strings.HasPrefix(lower, "{") && strings.Contains(lower, `"asset"`):
		return "a glTF file in JSON"
	case strings.HasPrefix(lower, "{"), strings.HasPrefix(lower, "["):
		return "JSON"
	}
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, l := range lines {
			for _, w := range l.keywords {
				if word == w {
					return l.name
				}
			}
		}
		if word != "" && !strings.HasPrefix(word, "#") {
			break
		}
	}
	return "text"
}

// Text reports whether bytes are readable text. A character that is cut off at the end is accepted.
func Text(b []byte) bool {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size <= 1 {
			return len(b) < utf8.UTFMax && !utf8.FullRune(b)
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' || r == 0x7f {
			return false
		}
		b = b[size:]
	}
	return true
}
