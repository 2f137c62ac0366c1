package recording

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// A life makes the messages of nodes, elements, modals, commands and notifications of every type that the wire knows:
// each is created, changed in every property and every part of an array, removed and created again, also under a name
// that another type had, by the program and by a client.
type life struct {
	t       *testing.T
	rnd     *rand.Rand
	samples map[string][]wire.RawMessage // by type
	creates []string
	simple  []string // types that change or set something else
	alive   map[string]*living
	now     float64
	entries []Entry
	did     map[string]bool // type and what was done to it
	visits  map[string]int  // by the name
	large   int             // arrays
	shrink  func()          // sets the array that is large to a small one
}

// A living is what was created and not removed.
type living struct {
	typ    string
	id     string
	owner  string
	props  map[string]any
	arrays map[string]wire.Array // that were set; of a list of arrays, the first
}

// largeArray is the size of some arrays: a chunk has one, and no other entry.
const largeArray = chunkBytes + 1<<10

func newLife(t *testing.T, seed uint64) *life {
	l := &life{
		t: t, rnd: rand.New(rand.NewPCG(seed, 9)), samples: map[string][]wire.RawMessage{}, alive: map[string]*living{}, did: map[string]bool{},
		visits: map[string]int{},
	}
	for _, m := range golden(t) {
		l.samples[m.Type] = append(l.samples[m.Type], m)
	}
	for _, typ := range slices.Sorted(maps.Keys(wire.Infos)) {
		info := wire.Infos[typ]
		if info.Direction == wire.ClientToServer || typ == runJavascript {
			continue
		}
		switch {
		case info.Phase == "create":
			l.creates = append(l.creates, typ)
		case info.Phase == "" && !info.InScene && len(l.samples[typ]) == 0:
			continue // of the connection: it changes nothing that is shown
		case typ != "PackedPosesMessage": // which recordings have as single poses
			l.simple = append(l.simple, typ)
		}
		if len(l.samples[typ]) == 0 && typ != "PackedPosesMessage" {
			t.Fatalf("there is no sample of a %s: add one to golden", typ)
		}
	}
	return l
}

func (l *life) add(m wire.RawMessage, who For) {
	if l.rnd.IntN(3) == 0 {
		l.now += float64(l.rnd.IntN(1000)) / 1000
	}
	l.entries = append(l.entries, Entry{l.now, who, m})
}

func (l *life) note(typ, what string) { l.did[typ+" "+what] = true }

// create creates something under a name.
func (l *life) create(typ, id, owner string) {
	m := l.samples[typ][l.rnd.IntN(len(l.samples[typ]))]
	info := wire.Infos[typ]
	m = with(m, map[string]any{info.IDField: id, "owner": owner, "container_uuid": "root"})
	key := info.Entity + owner + id
	what := "created"
	if before := l.alive[key]; before != nil && before.typ != typ {
		what = "created in the place of another"
	} else if before != nil {
		what = "created again"
	}
	l.note(typ, what)
	l.alive[key] = &living{typ, id, owner, propsOf(l.t, m), map[string]wire.Array{}}
	l.add(m, Classify(m))
}

// propsOf returns the properties in a create message, with placeholders for arrays.
func propsOf(t *testing.T, m wire.RawMessage) map[string]any {
	fields, _, err := msgp.ReadMapStrIntfBytes(m.B, nil)
	if err != nil {
		t.Fatal(err)
	}
	props, _ := fields["props"].(map[string]any)
	return props
}

// other returns a value of the same kind as v.
func (l *life) other(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		return v + string(rune('a'+l.rnd.IntN(26)))
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = l.other(v[i])
		}
		return out
	case map[string]any:
		if dtype, ok := v["dtype"].(string); ok {
			return l.array(dtype, 1+l.rnd.IntN(40))
		}
		out := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(v)) { // in the same order each time
			out[key] = l.other(v[key])
		}
		return out
	case nil:
		return nil
	}
	return float64(l.rnd.IntN(1000)) / 8
}

// isArray reports whether a property is an array, or a list of arrays.
func isArray(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return v["dtype"] != nil
	case []any:
		return len(v) > 0 && isArray(v[0])
	}
	return false
}

// width is the size of an element.
func (l *life) width(a wire.Array) int { return len(l.array(a.DType, 1).Data) }

func (l *life) array(dtype string, elements int) wire.Array {
	size := map[byte]int{'1': 1, '2': 2, '4': 4, '8': 8}[dtype[len(dtype)-1]]
	data := make([]byte, size*elements)
	for i := range data {
		data[i] = byte(l.rnd.IntN(64))
	}
	return wire.Array{DType: dtype, Data: data}
}

// change sets a property.
func (l *life) change(e *living) {
	keys := slices.Sorted(maps.Keys(e.props))
	if len(keys) == 0 {
		return
	}
	key := keys[l.rnd.IntN(len(keys))]
	if arrays := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return !isArray(e.props[key]) }); len(arrays) > 0 && l.rnd.IntN(2) == 0 {
		key = arrays[l.rnd.IntN(len(arrays))]
	}
	v := l.other(e.props[key])
	switch a := v.(type) {
	case wire.Array:
		if l.shrink == nil && l.rnd.IntN(12) == 0 {
			small := a
			a = l.array(a.DType, largeArray/l.width(a))
			l.large++
			due := len(l.entries) + 15
			l.shrink = func() {
				if len(l.entries) > due {
					l.shrink = nil
					e.arrays[key] = small
					l.update(e, wire.Update{Key: key, Value: small})
				}
			}
		}
		v, e.arrays[key] = a, a
		l.note(e.typ, "array")
	case []any:
		if len(a) > 0 {
			if first, ok := a[0].(wire.Array); ok {
				e.arrays[key] = first
			}
		}
	}
	l.note(e.typ, "changed")
	l.update(e, wire.Update{Key: key, Value: v})
}

func (l *life) update(e *living, u wire.Update) {
	var m wire.Message
	switch wire.Infos[e.typ].Entity {
	case "scene":
		m = &wire.SceneNodeUpdateMessage{Name: e.id, Owner: e.owner, Updates: wire.Updates{u}}
	case "command":
		m = &wire.CommandUpdateMessage{UUID: e.id, Updates: wire.Updates{u}}
	case "notification":
		m = &wire.NotificationUpdateMessage{UUID: e.id, Props: wire.NotificationProps{Title: fmt.Sprint(u.Value)}}
	default:
		m = &wire.GuiUpdateMessage{UUID: e.id, Updates: wire.Updates{u}}
	}
	raw := wire.RawOf(m)
	l.add(raw, Classify(raw))
}

// patch changes a part of an array, and may append to it.
func (l *life) patch(e *living) {
	keys := slices.Sorted(maps.Keys(e.arrays))
	if len(keys) == 0 {
		return
	}
	key := keys[0]
	a := e.arrays[key]
	width := l.width(a)
	n := len(a.Data) / width
	at := l.rnd.IntN(n + 1)
	count := 1 + l.rnd.IntN(9)
	total := max(n, at+count)
	p := []wire.ArrayPatch{{Property: key, Total: total, Ranges: []int{at, count}, Data: l.array(a.DType, count)}}
	var m wire.Message = &wire.SceneNodePatchMessage{Name: e.id, Owner: e.owner, Patches: p}
	if wire.Infos[e.typ].Entity != "scene" {
		m = &wire.GuiPatchMessage{UUID: e.id, Patches: p}
	}
	e.arrays[key] = wire.Array{DType: a.DType, Data: make([]byte, total*width)} // only its size matters
	l.note(e.typ, "patched")
	l.add(wire.RawOf(m), Ours)
}

func (l *life) remove(key string, e *living) {
	var m wire.Message
	switch wire.Infos[e.typ].Entity {
	case "scene":
		m = &wire.RemoveSceneNodeMessage{Name: e.id, Owner: e.owner}
	case "command":
		m = &wire.RemoveCommandMessage{UUID: e.id}
	case "notification":
		m = &wire.RemoveNotificationMessage{UUID: e.id}
	case "modal":
		m = &wire.GuiCloseModalMessage{UUID: e.id}
	default:
		m = &wire.GuiRemoveMessage{UUID: e.id}
	}
	l.note(e.typ, "removed")
	delete(l.alive, key)
	raw := wire.RawOf(m)
	l.add(raw, Classify(raw))
}

// about sends a message of one of the other types, about something that there is.
func (l *life) about(typ string, e *living) {
	m := l.samples[typ][l.rnd.IntN(len(l.samples[typ]))]
	info := wire.Infos[typ]
	if info.Phase == "remove" || info.Phase == "update_dict" || typ == "ResetGuiMessage" && l.rnd.IntN(4) > 0 {
		return // which the others do
	}
	fields := map[string]any{"owner": e.owner, "name": e.id, "uuid": e.id}
	number := func() any { return float64(l.rnd.IntN(64)) / 8 }
	switch typ {
	case positionType, "SetBonePositionMessage":
		fields["position"] = []any{number(), number(), number()}
	case orientationType, "SetBoneOrientationMessage":
		fields["wxyz"] = []any{0.5, number(), 0, -0.25}
	case "SetSceneNodeVisibilityMessage":
		fields["visible"] = l.rnd.IntN(2) == 0
	}
	if typ == "ResetGuiMessage" {
		maps.DeleteFunc(l.alive, func(_ string, e *living) bool {
			entity := wire.Infos[e.typ].Entity
			return entity == "gui" || entity == "modal"
		})
	}
	l.note(typ, "sent")
	m = with(m, fields)
	l.add(m, Classify(m))
}

// live makes n entries at least, and all that each type can do.
func (l *life) live(n int) []Entry {
	owners := []string{"", "", "7"}
	for i := 0; len(l.entries) < n || i < 40*len(l.creates); i++ {
		if l.shrink != nil {
			l.shrink()
		}
		typ := l.creates[i%len(l.creates)]
		id, owner := typ, owners[l.rnd.IntN(len(owners))]
		switch wire.Infos[typ].Entity {
		case "scene":
			id = "/" + typ
			if l.rnd.IntN(4) == 0 {
				id = "/shared"
			}
		default:
			owner = ""
			if l.rnd.IntN(4) == 0 {
				id = "shared"
			}
		}
		key := wire.Infos[typ].Entity + owner + id
		e := l.alive[key]
		what := l.rnd.IntN(16)
		if id != "/shared" && id != "shared" {
			what = l.visits[key] % 16 // so that all is done to each
			l.visits[key]++
		}
		switch {
		case e == nil || what == 0:
			l.create(typ, id, owner)
		case what == 1:
			l.change(e)
		case what == 2:
			l.remove(key, e)
		case what < 7:
			l.change(e)
		case what < 10:
			l.patch(e)
		default:
			l.about(l.simple[l.rnd.IntN(len(l.simple))], e)
		}
	}
	return l.entries
}

// check fails if a type was not made, or something was not done to it: then the test shows nothing about it.
func (l *life) check() {
	l.t.Helper()
	for _, typ := range l.creates {
		for _, what := range []string{"created", "created again", "removed", "changed"} {
			if len(propsOf(l.t, l.samples[typ][0])) == 0 && what == "changed" { // a modal
				continue
			}
			if !l.did[typ+" "+what] {
				l.t.Errorf("no %s was %s", typ, what)
			}
		}
	}
	for _, typ := range l.simple {
		if phase := wire.Infos[typ].Phase; phase != "remove" && phase != "update_dict" && !l.did[typ+" sent"] {
			l.t.Errorf("no %s was sent", typ)
		}
	}
	replaced := 0
	for what := range l.did {
		if strings.HasSuffix(what, "in the place of another") {
			replaced++
		}
	}
	if replaced < 10 {
		l.t.Errorf("only %d types took the place of another", replaced)
	}
	for _, what := range []string{"PointCloudMessage patched", "GuiUplotMessage patched", "MeshMessage array"} {
		if !l.did[what] {
			l.t.Errorf("nothing was done of: %s", what)
		}
	}
	if others := slices.DeleteFunc(slices.Sorted(maps.Keys(l.did)), func(what string) bool {
		return !strings.HasSuffix(what, " created in the place of another")
	}); len(others) < 5 {
		l.t.Errorf("only these were created in the place of another: %q", others)
	}
	if l.large < 3 {
		l.t.Errorf("only %d arrays were large", l.large)
	}
}

// TestStateAtOfEveryKind compares the states at random times of a recording of all that the wire has with those of
// what was recorded, from the beginning: of the complete file, of one whose index is gone, and of one that was cut off.
func TestStateAtOfEveryKind(t *testing.T) {
	l := newLife(t, 1)
	entries := l.live(4000)
	l.check()
	last := entries[len(entries)-1].Time
	for _, how := range ways {
		t.Run(how, func(t *testing.T) {
			r := opened(t, written(t, how, entries, last+1))
			checkKinds(t, r)
			n := max(60/everyNth, 20)
			if how == "create" {
				n = 1000 / everyNth
			}
			checkStates(t, r, entries, last+1, n)
			if notes := r.Notes(); len(notes) > 0 {
				t.Errorf("notes: %q", notes)
			}
		})
	}
	t.Run("without an index", func(t *testing.T) {
		b := written(t, "in place", entries, last+1)
		r := opened(t, b[:len(b)-9])
		checkStates(t, r, entries, last+1, max(60/everyNth, 20))
	})
	t.Run("cut off", func(t *testing.T) {
		b := unfinished(t, entries)
		rnd := rand.New(rand.NewPCG(3, 3))
		for range 10 {
			size := len(b)/10 + rnd.IntN(len(b)*9/10)
			r := opened(t, b[:size])
			got := int(r.Info().Entries)
			if got == 0 || got > len(entries) {
				t.Fatalf("cut at %d: %d entries", size, got)
			}
			checkStates(t, r, entries[:got], r.Duration(), max(10/everyNth, 4))
		}
	})
}

// checkKinds fails if the file lacks a type of the schema.
func checkKinds(t *testing.T, r *Reader) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range all(t, r, -1, 1e9) {
		seen[e.Message.Type] = true
	}
	for typ, info := range wire.Infos {
		if info.Phase == "create" && info.Direction != wire.ClientToServer && !seen[typ] {
			t.Errorf("the file has no %s", typ)
		}
	}
	if info := r.Info(); info.Keys < 3 {
		t.Errorf("too few keyframes to test: %+v", info)
	}
}

// TestLargeArraysOfAFile: an array that is larger than a chunk is in the file once, however often it is set.
func TestLargeArraysOfAFile(t *testing.T) {
	data := make([]byte, largeArray)
	for i := range data {
		data[i] = byte(i * i >> 7)
	}
	path := filepath.Join(t.TempDir(), "x.viser")
	w, err := Create(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	for i := range 5 {
		m := wire.RawOf(&wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: fmt.Sprint("/", i)}, Props: cloud(wire.Vec3s(nil), wire.Uint8s(data))})
		entries = append(entries, Entry{float64(i), Everyone, m})
	}
	for _, e := range entries {
		if err := w.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(5); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 2*largeArray {
		t.Errorf("the file has %d bytes for one array of %d", info.Size(), largeArray)
	}
	r, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	checkStates(t, r, entries, 5, 20)
}
