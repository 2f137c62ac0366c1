package models

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/dae"
	"github.com/viser-go/viser/formats/obj"
	"github.com/viser-go/viser/formats/off"
	"github.com/viser-go/viser/formats/pcd"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/formats/stl"
	"github.com/viser-go/viser/formats/threemf"
	"github.com/viser-go/viser/formats/transforms"
	"github.com/viser-go/viser/formats/xyz"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/sniff"
	"github.com/viser-go/viser/robot"
)

// Format is the format of a file: its usual ending, without the dot.
type Format string

// The formats.
const (
	PLY    Format = "ply" // meshes, clouds and splats
	STL    Format = "stl"
	OBJ    Format = "obj"
	OFF    Format = "off"
	DAE    Format = "dae" // COLLADA
	TMF    Format = "3mf"
	GLTF   Format = "gltf"
	GLTFB  Format = "glb" // the binary form of glTF
	PCD    Format = "pcd"
	XYZ    Format = "xyz" // points as text
	LAS    Format = "las"
	LAZ    Format = "laz" // and COPC
	E57    Format = "e57"
	NPY    Format = "npy"
	NPZ    Format = "npz"
	SPLAT  Format = "splat" // splats of 32 bytes, without a header
	SPZ    Format = "spz"
	KSPLAT Format = "ksplat"
	SOG    Format = "sog" // an archive, or the meta.json of one that is unpacked
	URDF   Format = "urdf"
	MJCF   Format = "mjcf"   // of MuJoCo; files are called .xml
	COLMAP Format = "colmap" // a folder
	R3D    Format = "r3d"    // of Record3D; or a folder
	// Transforms is the transforms.json of nerfstudio and NeRF's data sets.
	Transforms Format = "transforms.json"
	PNG        Format = "png"
	JPEG       Format = "jpg"
	WEBP       Format = "webp"
	GIF        Format = "gif"
	TIFF       Format = "tiff"
	BMP        Format = "bmp"
	HDR        Format = "hdr" // Radiance: surroundings
	EXR        Format = "exr" // OpenEXR: surroundings
)

// entry is what is known about a format.
type entry struct {
	Format
	endings []string // other than the format's name
	what    string   // what it contains, for lists
	read    func(*input) (*Model, error)
}

// table has all formats, in the order of lists.
var table []entry

// The kinds of lists.
const (
	meshes       = "meshes"
	clouds       = "clouds"
	gaussians    = "splats"
	scenes       = "scenes"
	pictures     = "pictures"
	surroundings = "surroundings"
)

func init() { // not in the declaration: the readers refer to the table
	table = []entry{
		{PLY, nil, meshes, readPLY},
		{STL, nil, meshes, readMesh(stl.Read)},
		{OBJ, nil, meshes, readMesh(obj.Read)},
		{OFF, nil, meshes, readMesh(off.Read)},
		{DAE, nil, meshes, readMesh(dae.Read)},
		{TMF, nil, meshes, readMesh(threemf.Read)},
		{GLTF, nil, meshes, readGLTF},
		{GLTFB, nil, meshes, readGLTF},
		{PCD, nil, clouds, readCloud(PCD)},
		{XYZ, []string{"pts", "csv", "txt", "asc"}, clouds, readCloud(XYZ)},
		{LAS, nil, clouds, readCloud(LAS)},
		{LAZ, nil, clouds, readCloud(LAZ)},
		{E57, nil, clouds, readCloud(E57)},
		{NPY, nil, clouds, readCloud(NPY)},
		{NPZ, nil, clouds, readCloud(NPZ)},
		{SPLAT, nil, gaussians, readSplats(splat.ReadSplat)},
		{SPZ, nil, gaussians, readSplats(splat.ReadSPZ)},
		{KSPLAT, nil, gaussians, readSplats(splat.ReadKsplat)},
		{SOG, nil, gaussians, readSOG},
		{URDF, []string{"xacro"}, scenes, readRobot},
		{MJCF, nil, scenes, readRobot},
		{COLMAP, nil, scenes, readFileOfFolder},
		{R3D, nil, scenes, readRecord3D},
		{Transforms, nil, scenes, (*input).readTransforms},
		{PNG, nil, pictures, readPicture},
		{JPEG, []string{"jpeg"}, pictures, readPicture},
		{WEBP, nil, pictures, readPicture},
		{GIF, nil, pictures, readPicture},
		{TIFF, []string{"tif"}, pictures, readPicture},
		{BMP, nil, pictures, readPicture},
		{HDR, []string{"rgbe"}, surroundings, readPanorama},
		{EXR, nil, surroundings, readPanorama},
	}
}

// entryOf finds a format by its name.
func entryOf(f Format) (entry, bool) {
	i := slices.IndexFunc(table, func(e entry) bool { return strings.EqualFold(string(e.Format), string(f)) })
	if i < 0 {
		return entry{}, false
	}
	return table[i], true
}

// ParseFormat finds a format by its name, or by one of the endings of its files, such as "csv", regardless of case; false
// if there is none.
func ParseFormat(name string) (Format, bool) {
	if e, ok := entryOf(Format(name)); ok {
		return e.Format, true
	}
	return byEnding("." + name)
}

// byEnding finds a format by the ending of a name.
func byEnding(name string) (Format, bool) {
	ending := strings.TrimPrefix(extension(name), ".")
	for _, e := range table {
		if ending != "" && (string(e.Format) == ending || slices.Contains(e.endings, ending)) {
			return e.Format, true
		}
	}
	return "", false
}

// Known reports whether the ending of a name is that of a known format. The name may be a path.
func Known(name string) bool {
	_, ok := byEnding(name)
	return ok
}

// IsPicture reports whether the ending of a name is that of a picture, which other files may have as a texture.
func IsPicture(name string) bool {
	f, ok := byEnding(name)
	e, _ := entryOf(f)
	return ok && e.what == pictures
}

// Formats returns all formats, in a new slice.
func Formats() []Format {
	formats := make([]Format, len(table))
	for i, e := range table {
		formats[i] = e.Format
	}
	return formats
}

// Endings are the endings of the names of files of all formats, such as ".ply", in a new slice: for viser's DropOptions.
func Endings() (endings []string) {
	for _, e := range table {
		usual := string(e.Format)
		switch e.Format {
		case COLMAP: // a folder
			continue
		case MJCF:
			usual = "xml"
		case Transforms:
			usual = "json"
		}
		for _, ending := range append([]string{usual}, e.endings...) {
			endings = append(endings, "."+ending)
		}
	}
	return endings
}

// List is a text that lists the formats by what they contain, such as "meshes (ply, stl), clouds (pcd, las)".
func List() string {
	var kinds []string
	of := map[string][]string{}
	for _, e := range table {
		if of[e.what] == nil {
			kinds = append(kinds, e.what)
		}
		of[e.what] = append(of[e.what], string(e.Format))
	}
	for i, kind := range kinds {
		kinds[i] = kind + " (" + strings.Join(of[kind], ", ") + ")"
	}
	return strings.Join(kinds, ", ")
}

// detect tells the format by the content, and where that could be anything by the name.
func (in *input) detect() (Format, error) {
	start, err := in.start()
	switch {
	case err != nil:
		return "", err
	case len(start) == 0:
		return "", errors.New("the file is empty")
	}
	if f, ok := detect(start); ok {
		return f, nil
	}
	if recording.Begins(start) {
		return "", &UnknownError{Recording: true, reason: "it is a recording of viser"}
	}
	looks := sniff.Name(start)
	switch {
	case transforms.Is(start):
		return Transforms, nil
	case extension(in.name) == ".r3d" && looks == "a ZIP archive":
		return R3D, nil
	}
	if f, ok := sniffed[looks]; ok {
		return f, nil
	}
	if looks == "" && splat.IsSplat(start) { // which has no beginning of its own
		return SPLAT, nil
	}
	if xyz.Is(start) {
		return XYZ, nil
	}
	if f, ok := byEnding(in.name); ok && (looks == "" || looks == "text") {
		return f, nil
	}
	if looks == "" {
		return "", &UnknownError{reason: "its format is not known"}
	}
	return "", &UnknownError{reason: "it looks like " + looks}
}

// sniffed are the formats of what package sniff recognizes.
var sniffed = map[string]Format{
	"a GLB file (binary glTF)": GLTFB, "a glTF file in JSON": GLTF, "an E57 point cloud": E57, "a LAS point cloud": LAS, "a NumPy array": NPY, "a PCD point cloud": PCD, "a Wavefront OBJ file": OBJ, "an OFF mesh": OFF, "a COLLADA model": DAE, "an STL mesh in text": STL, "a binary STL mesh": STL,
	"a PNG picture": PNG, "a JPEG picture": JPEG, "a WebP picture": WEBP, "a GIF picture": GIF,
}

// detect tells the format by the first bytes of a file.
func detect(start []byte) (Format, bool) {
	text := bytes.TrimPrefix(start, []byte("\ufeff"))
	switch {
	case splat.IsPLY(text):
		return PLY, true
	case splat.IsSPZ(start):
		return SPZ, true
	case splat.IsKsplat(start):
		return KSPLAT, true
	case splat.IsSOG(start), splat.IsSOGArchive(start):
		return SOG, true
	case pcd.Is(text):
		return PCD, true
	case compressed(start):
		return LAZ, true
	case bytes.HasPrefix(start, []byte("#?RADIANCE")), bytes.HasPrefix(start, []byte("#?RGBE")):
		return HDR, true
	case bytes.HasPrefix(start, []byte("\x76\x2f\x31\x01")):
		return EXR, true
	case isArchiveOf(start, ".npy"):
		return NPZ, true
	case isArchiveOf(start, "[content_types].xml"), isArchiveOf(start, ".model"), isArchiveOf(start, ".rels"):
		return TMF, true
	}
	switch robot.KindOf(start) {
	case robot.URDF:
		return URDF, true
	case robot.MJCF:
		return MJCF, true
	}
	return "", false
}

// compressed reports whether a LAS file has compressed points: by a bit in the number of their format.
func compressed(start []byte) bool {
	const pointFormat = 104
	return bytes.HasPrefix(start, []byte("LASF")) && len(start) > pointFormat && start[pointFormat]&0xc0 != 0
}

// isArchiveOf reports whether bytes are the start of a ZIP archive whose first file has a name with that ending.
func isArchiveOf(start []byte, ending string) bool {
	return strings.HasSuffix(strings.ToLower(sniff.FirstInArchive(start)), ending)
}
