package viser_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestEveryFieldOfEveryInboundMessage sends each message of the schema that a client may send, first with legal values
// of all kinds, for the elements and nodes that there are, then with each field missing, null, huge, of a wrong type, or
// malformed, also inside lists and maps. The messages, fields and values come from the schema, so a new message is
// covered. They pass a real HTTP server, websocket and session to a server with a callback on every event.
//
// No callback or handler panics, the connection stays open (invalid messages are sent at the allowed rate), and
// afterwards another client is served.
func TestEveryFieldOfEveryInboundMessage(t *testing.T) {
	temporary(t)
	for _, protocol := range []string{"viser-go.v1", "viser-v1.1.1"} {
		t.Run(protocol, func(t *testing.T) {
			overPipes(t, func(t *testing.T, s *viser.Server, web *pipeWeb, log *logBook) {
				var fired events
				fired.attach(t, everyElement(s.Scene(), s.GUI()))
				fired.attach(t, handles{s, s.Scene()})
				victim := web.open(t, protocol)
				c := victim.join(s)
				fired.attach(t, append(everyElement(c.Scene(), c.GUI()), c, c.Camera(), c.Scene()))
				victim.keepAsking(c)
				synctest.Wait()

				random := rand.New(rand.NewPCG(1, 2))
				var legal []map[string]any
				for _, m := range inboundMessages(t) {
					seeds := m.seeds(victim, random)
					legal = append(legal, seeds...)
					for _, seed := range seeds {
						victim.send(wireBytes(seed))
					}
					for _, bad := range m.spoiled(seeds, random) {
						victim.send(bad)
					}
				}
				for _, i := range random.Perm(len(legal)) {
					victim.send(wireBytes(legal[i]))
				}
				victim.checkOpen()
				fired.check(t, "Button.OnClick", "Button.OnHold", "Slider.OnUpdate", "Text.OnUpdate", "UploadButton.OnUploadBegin",
					"UploadButton.OnUpload", "Form.OnSubmit", "Command.OnTrigger", "*.OnClick", "*.OnDrag", "TransformControls.OnUpdate", "Scene.OnClick", "Scene.OnRectSelect", "Camera.OnUpdate")
				for _, text := range []string{"panic", "internal error"} {
					if log.has(text) {
						t.Errorf("%q was logged: %s", text, log.excerpt(text))
					}
				}
				checkServes(t, s, web)
			})
		})
	}
}

// An inboundMessage is one that clients may send.
type inboundMessage struct {
	wire.Message
	fields map[string]string // the schema's type of each field, by its key
	enums  map[string][]any  // the values of each enum
}

// inboundMessages returns those of the schema.
func inboundMessages(t *testing.T) []inboundMessage {
	t.Helper()
	structs, enums := readSchema(t)
	var all []inboundMessage
	for _, typ := range slices.Sorted(maps.Keys(wire.Infos)) {
		if wire.Infos[typ].Direction == wire.ServerToClient {
			continue
		}
		read := wire.InboundReader(typ)
		if read == nil || structs[typ] == nil {
			t.Errorf("%s has no decoder or is not in the schema", typ)
			continue
		}
		all = append(all, inboundMessage{read(new(wire.Decoder)), structs[typ], enums})
	}
	if len(all) < 15 {
		t.Fatalf("only %d messages were found", len(all))
	}
	return all
}

// readSchema returns the type of each field of each struct of the schema, and the values of each enum.
func readSchema(t *testing.T) (structs map[string]map[string]string, enums map[string][]any) {
	t.Helper()
	structs, enums = map[string]map[string]string{}, map[string][]any{}
	files, err := filepath.Glob("internal/wire/schema_*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok {
					structs[n.Name.Name] = fieldTypes(s)
				}
			case *ast.ValueSpec:
				if typ, ok := n.Type.(*ast.Ident); ok && len(n.Values) == 1 {
					if text, err := strconv.Unquote(n.Values[0].(*ast.BasicLit).Value); err == nil {
						enums[typ.Name] = append(enums[typ.Name], text)
					}
				}
			}
			return true
		})
	}
	return structs, enums
}

func fieldTypes(s *ast.StructType) map[string]string {
	types := map[string]string{}
	for _, f := range s.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(f.Tag.Value)
		key, _, _ := strings.Cut(reflect.StructTag(tag).Get("wire"), ",")
		typ := f.Type
		if star, ok := typ.(*ast.StarExpr); ok {
			typ = star.X
		}
		types[key] = ""
		if name, ok := typ.(*ast.Ident); ok {
			types[key] = name.Name
		}
	}
	return types
}

// maxSeeds bounds the legal messages of one type.
const maxSeeds = 600

// seeds returns legal messages: combinations of the candidates of all fields, or a sample of them.
func (m inboundMessage) seeds(victim *attacker, random *rand.Rand) []map[string]any {
	synctest.Wait()
	return m.seedsOf(victim.ids(), victim.changes(), random)
}

func (m inboundMessage) seedsOf(ids map[string][]any, changes []map[string]any, random *rand.Rand) []map[string]any {
	all := []map[string]any{{}}
	_, isUpdate := m.fields["updates"]
	if isUpdate {
		all = changes
	}
	for _, key := range slices.Sorted(maps.Keys(m.fields)) {
		if isUpdate {
			break
		}
		var next []map[string]any
		for _, v := range m.candidates(key, ids) {
			for _, seed := range all {
				next = append(next, with(seed, key, v))
			}
		}
		random.Shuffle(len(next), func(i, j int) { next[i], next[j] = next[j], next[i] })
		all = next[:min(len(next), maxSeeds)]
	}
	for _, seed := range all {
		seed["type"] = m.Type()
	}
	return all
}

func with(m map[string]any, key string, v any) map[string]any {
	m = maps.Clone(m)
	m[key] = v
	return m
}

// candidates returns legal values of a field, null first where that is one.
func (m inboundMessage) candidates(key string, ids map[string][]any) []any {
	if key == "viewport" {
		return []any{1} // others would make the combinations of the rest rarer
	}
	structure := reflect.TypeOf(m.Message).Elem()
	var values []any
	for i := range structure.NumField() {
		f := structure.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("wire"), ","); name != key {
			continue
		}
		if f.Type.Kind() == reflect.Pointer || f.Type == reflect.TypeFor[[]byte]() {
			values = append(values, nil)
		}
		switch typ := f.Type; {
		case m.enums[m.fields[key]] != nil:
			return append(values, m.enums[m.fields[key]]...)
		case ids[key] != nil:
			return append(values, ids[key]...)
		default:
			return append(values, sample(typ)...)
		}
	}
	panic("attacks: the field " + key + " of " + m.Type() + " has no tag")
}

// sample returns legal values of a Go type.
func sample(typ reflect.Type) []any {
	switch typ.Kind() {
	case reflect.Pointer:
		return sample(typ.Elem())
	case reflect.Bool:
		return []any{true, false}
	case reflect.Int, reflect.Float64:
		return []any{1, 0, 2}
	case reflect.String:
		return []any{"a", ""}
	case reflect.Array:
		list := make([]any, typ.Len())
		for i := range list {
			list[i] = sample(typ.Elem())[0]
		}
		return []any{list}
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Uint8 {
			return []any{[]byte("a")}
		}
		one := sample(typ.Elem())[0]
		return []any{[]any{}, []any{one}, []any{one, one}}
	}
	panic(fmt.Sprintf("attacks: no sample of %v; add one", typ))
}

// spoiled returns messages with one bad value each.
func (m inboundMessage) spoiled(seeds []map[string]any, random *rand.Rand) [][]byte {
	var all [][]byte
	for _, key := range slices.Sorted(maps.Keys(m.fields)) {
		seed := seeds[random.IntN(len(seeds))]
		for _, i := range random.Perm(len(hugeValues))[:3] { // they take time
			all = append(all, wireBytes(with(seed, key, hugeValues[i])))
		}
		missing := maps.Clone(seed)
		delete(missing, key)
		all = append(all, wireBytes(missing), twice(seed, key))
		for _, v := range badValues {
			for spoiled := range placesOf(seed[key], v) {
				all = append(all, wireBytes(with(seed, key, spoiled)))
			}
		}
	}
	for _, v := range badValues { // in place of the message, its type, and a field that does not exist
		all = append(all, v, wireBytes(with(seeds[0], "type", v)), wireBytes(with(seeds[0], "unknown", v)))
	}
	return all
}

// placesOf yields v with bad in place of itself, of each of its entries, and of theirs.
func placesOf(v any, bad raw) func(yield func(any) bool) {
	return func(yield func(any) bool) {
		if !yield(bad) {
			return
		}
		switch v := v.(type) {
		case []any:
			for i := range v {
				for part := range placesOf(v[i], bad) {
					changed := slices.Clone(v)
					changed[i] = part
					if !yield(changed) {
						return
					}
				}
			}
		case map[string]any:
			for key := range v {
				for part := range placesOf(v[key], bad) {
					if !yield(with(v, key, part)) {
						return
					}
				}
			}
		}
	}
}

// raw is encoded msgpack, which may be malformed.
type raw []byte

// AppendTo makes it a wire.Valuer.
func (r raw) AppendTo(e *wire.Encoder) { e.B = append(e.B, r...) }

// badValues are for fields of any type: each is wrong for some.
var badValues = []raw{
	encoded(nil), encoded(true), encoded(0), encoded(-1), encoded(int64(math.MinInt64)), encoded(uint64(math.MaxUint64)),
	encoded(1 << 40), encoded(math.NaN()), encoded(math.Inf(1)), encoded(math.Inf(-1)), encoded(math.MaxFloat64), encoded(0.5),
	encoded(""), encoded("x"), encoded("__proto__"), encoded("../../etc/passwd\x00"), raw("\xa2\xff\xfe"), encoded([]byte("bytes")),
	encoded([]any{}), encoded([]any{nil, nil}), encoded([]any{1.0, "a", true}), raw(strings.Repeat("\x91", 12) + "\xc0"),
	raw(strings.Repeat("\x91", 20) + "\xc0"), encoded(map[string]any{}), encoded(map[string]any{"value": map[string]any{"value": 1}}),
	raw("\x82\x01\x02\xc0\x03"), encoded(strings.Repeat("é", 300)),
	raw("\xd6\xff\x00\x00\x00\x00"), raw("\xc9\xff\xff\xff\xff\x01"), raw("\xdb\x40\x00\x00\x00"), raw("\xc6\x40\x00\x00\x00a"),
	raw("\xdd\xff\xff\xff\xff\xc0"), raw("\xdf\xff\xff\xff\xff\xa1a"), raw("\xc1"), raw(""),
	encoded(map[string]any{"__binary_index": 0, "dtype": "float32"}),
}

// hugeValues are in place of a whole field.
var hugeValues = []raw{
	encoded(strings.Repeat("é", 40_000)), encoded(strings.Repeat("x", 1<<20)), encoded(make([]byte, 1<<20)), encoded(make([]any, 60_000)),
	encoded(make([]any, 70_000)), encoded(wideMap(20_000)), raw(strings.Repeat("\x91", 100_000) + "\xc0"), raw(strings.Repeat("\x81\xa1a", 100_000) + "\xc0"),
}

func encoded(v any) raw {
	var e wire.Encoder
	e.Any(v)
	return e.B
}

func wideMap(n int) map[string]any {
	m := map[string]any{}
	for i := range n {
		m[strconv.Itoa(i)] = nil
	}
	return m
}

func wireBytes(v any) []byte { return encoded(v) }

// twice has a field two times.
func twice(m map[string]any, key string) []byte {
	b := wireBytes(m) // of fewer than 15 fields, so that the first byte has their number
	var e wire.Encoder
	e.String(key)
	e.Any(m[key])
	return append(append([]byte{b[0] + 1}, b[1:]...), e.B...)
}

// readAnyMap decodes a well-formed message without its schema.
func readAnyMap(msg []byte) map[string]any {
	var m map[string]any
	_, err := wire.DecodeWith(func(string) func(*wire.Decoder) wire.Message {
		return func(d *wire.Decoder) wire.Message { m = d.ReadAnyMap(); return new(wire.ReplayDoneMessage) }
	}, msg, wire.DefaultLimits)
	if err != nil {
		panic(err)
	}
	return m
}

// events counts the calls of callbacks, by the method that attached them.
type events struct {
	mu    sync.Mutex
	count map[string]int
}

// attach calls each method that attaches a callback. The callbacks print their arguments, so that a part of an event
// that is not there would be noticed.
func (ev *events) attach(t *testing.T, hs handles) {
	t.Helper()
	for _, h := range hs {
		for _, name := range methodNames(h) {
			if !strings.HasPrefix(name, "On") {
				continue
			}
			in, missing := hs.argumentsOf(t.Context(), h, name)
			if missing != nil {
				t.Errorf("%T.%s is not tried: there is no legal %v", h, name, missing)
				continue
			}
			method := reflect.ValueOf(h).MethodByName(name)
			for i, v := range in {
				if v.Kind() == reflect.Func {
					in[i] = ev.callback(v.Type(), strings.Trim(fmt.Sprintf("%T.%s", h, name), "*"))
				}
			}
			method.Call(in)
		}
	}
}

func (ev *events) callback(typ reflect.Type, what string) reflect.Value {
	what = strings.TrimPrefix(what, "viser.")
	return reflect.MakeFunc(typ, func(in []reflect.Value) []reflect.Value {
		for _, v := range in[1:] {
			_ = fmt.Sprintf("%+v", v.Interface())
			checkNumbers(v)
		}
		ev.mu.Lock()
		defer ev.mu.Unlock()
		if ev.count == nil {
			ev.count = map[string]int{}
		}
		ev.count[what]++
		return nil
	})
}

// checkNumbers panics if a number of an event is not finite: a program may pass it to any setter.
func checkNumbers(v reflect.Value) {
	switch v.Kind() {
	case reflect.Float64, reflect.Float32:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			panic("a number of an event is not finite")
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			checkNumbers(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				checkNumbers(v.Field(i))
			}
		}
	}
}

// check fails if the messages did not reach these callbacks; "*" stands for any type.
func (ev *events) check(t *testing.T, names ...string) {
	t.Helper()
	synctest.Wait()
	ev.mu.Lock()
	defer ev.mu.Unlock()
	called := slices.Sorted(maps.Keys(ev.count))
	for _, name := range names {
		if !slices.ContainsFunc(called, func(c string) bool {
			return c == name || name[0] == '*' && strings.HasSuffix(c, name[1:])
		}) {
			t.Errorf("%s was never called; called were %v", name, called)
		}
	}
}
