package mjcf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
)

// reader has what is known of a file while it is read.
type reader struct {
	out        Model
	classes    map[string]*class
	main       *class
	radian     bool
	noAuto     bool // joints are limited only where the file says so
	sequence   string
	strip      bool // whether folders in the names of files are ignored
	meshDir    string
	textureDir string
	meshes     map[string]int
	materials  map[string]int
	textures   map[string]int
	made       int
	keys       []*element
}

func newReader() *reader {
	main := &class{elements: map[string][]*element{}}
	return &reader{
		classes: map[string]*class{"main": main}, main: main, sequence: "xyz",
		meshes: map[string]int{}, materials: map[string]int{}, textures: map[string]int{},
	}
}

// maxMade bounds what a few bytes of <replicate> become.
const maxMade = 1 << 17

// silent are elements that are not seen.
var silent = map[string]bool{
	"option": true, "size": true, "visual": true, "statistic": true, "custom": true, "contact": true, "equality": true,
	"actuator": true, "sensor": true, "extension": true, "tendon": true, "compiler": true, "default": true, "asset": true,
	"worldbody": true, "keyframe": true, "deformable": true, "include": true,
}

// model reads everything: first what changes the meaning of the rest, wherever it is.
func (r *reader) model(root *element) (*Model, error) {
	r.out.Name = root.Text("model")
	for _, step := range []struct {
		name string
		read func(*element) error
	}{
		{"compiler", r.compiler}, {"default", r.topDefaults}, {"asset", r.assets},
		{"deformable", r.deformable}, {"tendon", r.tendons}, {"keyframe", r.keyframe},
	} {
		for _, e := range root.Children {
			if e.Name != step.name {
				continue
			}
			if err := step.read(e); err != nil {
				return nil, err
			}
		}
	}
	if err := r.world(root); err != nil {
		return nil, err
	}
	for _, e := range root.Children {
		if !silent[e.Name] {
			r.note("element %q", short(e.Name))
		}
	}
	if err := r.keyframes(); err != nil {
		return nil, err
	}
	return &r.out, nil
}

// topDefaults reads a <default> that is in no other one.
func (r *reader) topDefaults(e *element) error {
	if name := e.Text("class"); name != "" && name != "main" && len(r.main.elements) == 0 && r.classes[name] == nil {
		r.classes[name] = r.main // the outermost class may have another name than main
	}
	return r.defaults(e, nil)
}

func (r *reader) note(format string, args ...any) {
	const most = 1000
	what := fmt.Sprintf(format, args...)
	if !slices.Contains(r.out.Skipped, what) && len(r.out.Skipped) < most {
		r.out.Skipped = append(r.out.Skipped, what)
	}
}

// short keeps a name within a line.
func short(name string) string {
	const most = 40
	if len(name) > most {
		return strings.ToValidUTF8(name[:most], "") + "…"
	}
	return name
}

func (r *reader) compiler(e *element) error {
	switch a := e.Text("angle"); a {
	case "":
	case "radian", "degree":
		r.radian = a == "radian"
	default:
		return e.Errorf("the angle is %s; it must be radian or degree", xmltree.Quote(a))
	}
	if c := e.Text("coordinate"); c != "" && c != "local" {
		return e.Errorf("coordinates are %s; MuJoCo has given that up: save the model with version 2.3.3 to convert it", xmltree.Quote(c))
	}
	if s := e.Text("eulerseq"); s != "" {
		if len(s) != 3 || strings.Trim(s, "xyzXYZ") != "" {
			return e.Errorf("the eulerseq is %s; it must be three of x, y, z, X, Y and Z", xmltree.Quote(s))
		}
		r.sequence = s
	}
	if a := e.Text("autolimits"); a != "" {
		r.noAuto = a == "false"
	}
	if s := e.Text("strippath"); s != "" {
		r.strip = s == "true"
	}
	if d, ok := e.Attr("assetdir"); ok {
		r.meshDir, r.textureDir = d, d
	}
	if d, ok := e.Attr("meshdir"); ok {
		r.meshDir = d
	}
	if d, ok := e.Attr("texturedir"); ok {
		r.textureDir = d
	}
	return nil
}

func (r *reader) deformable(e *element) error {
	for _, c := range e.Children {
		r.note("element %q", short(c.Name))
	}
	return nil
}

// tendons notes those that can be seen.
func (r *reader) tendons(e *element) error {
	for _, c := range e.Children {
		if c.Name == "spatial" {
			r.note("spatial tendons")
		}
	}
	return nil
}

// keyframe keeps what is read when it is known how many positions there are.
func (r *reader) keyframe(e *element) error {
	for _, c := range e.Children {
		if c.Name == "key" {
			r.keys = append(r.keys, c)
		}
	}
	return nil
}

func (r *reader) keyframes() error {
	const most = 1 << 16
	for i, k := range r.keys {
		name := k.Text("name")
		v, err := k.Floats(nil, "qpos", most)
		if err != nil {
			return err
		}
		switch {
		case len(v) == 0: // it changes something else
		case len(v) != r.out.Positions:
			r.note("keyframe %q, which has %d positions instead of %d", short(name), len(v), r.out.Positions)
		default:
			if name == "" {
				name = fmt.Sprintf("key %d", i)
			}
			r.out.Keyframes = append(r.out.Keyframes, Keyframe{Name: name, Positions: v})
		}
	}
	return nil
}
