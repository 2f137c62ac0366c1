package viser_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/viser-go/viser"
)

// A foreign value has a type of the program, for each interface that the API accepts:
// an image, a color, an icon, a file system, a reader, a response, a figure. Each of
// its methods uses the API, which is allowed, since no lock is held then.
type foreign struct {
	server *viser.Server
	handle any // whose method is being called
	calls  atomic.Int32
}

func (f *foreign) use() {
	f.calls.Add(1)
	viser.UseEveryLock(f.server)
	f.server.GUI().AddButton("b", nil).Remove()
	f.server.Scene().AddFrame("/foreign", nil).Remove()
	if h, ok := f.handle.(interface {
		Visible() bool
		SetVisible(v bool)
	}); ok {
		h.SetVisible(!h.Visible())
	}
	if h, ok := f.handle.(interface{ Removed() bool }); ok {
		h.Removed()
	}
	if h, ok := f.handle.(interface{ SetTitle(v string) }); ok {
		h.SetTitle(fmt.Sprint(f.calls.Load()))
	}
	f.server.Flush()
}

func (f *foreign) ColorModel() color.Model { f.use(); return color.NRGBAModel }
func (f *foreign) Bounds() image.Rectangle { f.use(); return image.Rect(0, 0, 2, 2) }
func (f *foreign) At(x, y int) color.Color { f.use(); return f }
func (f *foreign) Opaque() bool            { f.use(); return true }

func (f *foreign) RGBA() (r, g, b, a uint32) { f.use(); return 0, 0xffff, 0, 0xffff }

func (f *foreign) SVG() string    { f.use(); return "<svg></svg>" }
func (f *foreign) String() string { f.use(); return "foreign" }

func (f *foreign) MarshalJSON() ([]byte, error) { f.use(); return []byte("{}"), nil }

func (f *foreign) Read(b []byte) (int, error) {
	f.use()
	return copy(b, "a"), io.EOF
}

func (f *foreign) Header() http.Header         { f.use(); return http.Header{} }
func (f *foreign) Write(b []byte) (int, error) { f.use(); return len(b), nil }
func (f *foreign) WriteHeader(int)             { f.use() }

func (f *foreign) Open(string) (fs.File, error) { f.use(); return foreignFile{f}, nil }

// A foreignFile is a file of a foreign file system.
type foreignFile struct{ f *foreign }

func (f foreignFile) Read(b []byte) (int, error) { return f.f.Read(b) }
func (f foreignFile) Close() error               { f.f.use(); return nil }
func (f foreignFile) Stat() (fs.FileInfo, error) { f.f.use(); return f, nil }
func (f foreignFile) Name() string               { f.f.use(); return "a.png" }
func (f foreignFile) Size() int64                { f.f.use(); return 1 }
func (f foreignFile) Mode() fs.FileMode          { f.f.use(); return 0 }
func (f foreignFile) ModTime() time.Time         { f.f.use(); return time.Time{} }
func (f foreignFile) IsDir() bool                { f.f.use(); return false }
func (f foreignFile) Sys() any                   { f.f.use(); return nil }

// A foreignCell is a cell of a table that has a method, which is never called.
type foreignCell float64

var cellCalls atomic.Int32

func (foreignCell) MarshalJSON() ([]byte, error) {
	cellCalls.Add(1)
	return []byte("1"), nil
}

// values returns values of the type that have the foreign one in one place each.
func (f *foreign) values(typ reflect.Type) []reflect.Value {
	var all []reflect.Value
	switch {
	case typ == reflect.TypeFor[[][]any]():
		return []reflect.Value{reflect.ValueOf([][]any{{foreignCell(1)}})}
	case typ == reflect.TypeFor[[]any]():
		return []reflect.Value{reflect.ValueOf([]any{foreignCell(1), foreignCell(2)})}
	case typ.Kind() == reflect.Interface && reflect.TypeOf(f).Implements(typ):
		all = append(all, reflect.ValueOf(f))
	case typ.Kind() == reflect.Map && typ.Key().Kind() == reflect.String:
		for _, v := range f.values(typ.Elem()) {
			m := reflect.MakeMap(typ)
			m.SetMapIndex(reflect.ValueOf("a").Convert(typ.Key()), v)
			all = append(all, m)
		}
	case typ.Kind() == reflect.Slice:
		for _, v := range f.values(typ.Elem()) {
			all = append(all, reflect.Append(reflect.Zero(typ), v))
		}
	case typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct && strings.HasPrefix(typ.Elem().PkgPath(), "github.com/viser-go/"):
		for _, v := range f.values(typ.Elem()) {
			p := reflect.New(typ.Elem())
			p.Elem().Set(v)
			all = append(all, p)
		}
	case typ.Kind() == reflect.Struct:
		for i := range typ.NumField() {
			if !typ.Field(i).IsExported() {
				continue
			}
			for _, v := range f.values(typ.Field(i).Type) {
				s := reflect.New(typ).Elem()
				s.Field(i).Set(v)
				all = append(all, s)
			}
		}
	}
	return all
}

// neverCalled are parameters whose methods are not called at all: what is not of a
// basic type is refused.
func neverCalled(typ reflect.Type) bool {
	return strings.Contains(typ.String(), "uplot.") || strings.Contains(typ.String(), "UplotOptions") ||
		typ == reflect.TypeFor[[][]any]() || typ == reflect.TypeFor[[]any]()
}

// TestForeignCodeRunsWithoutLocks passes values of foreign types to each parameter of
// each method of each handle that accepts one, and calls each method of the resulting
// handles. Their methods use the API.
func TestForeignCodeRunsWithoutLocks(t *testing.T) {
	legalByMethod["*.AddMarkdown"] = []any{"![a](a.png)"}
	legalByMethod["Markdown.SetContent"] = []any{"![b](a.png)"}
	legalByMethod["Server.ServeHTTP"] = []any{httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)}
	s := viser.NewTestServer(nil)
	defer s.Close()
	c := connectOnce(t, s)
	elements := everyElement(s.Scene(), s.GUI())
	part := s.GUI().Part()
	hs := append(elements, c.Notify("title", "body", nil), c.Camera(), c.LocalStorage(), c.Scene(), c.GUI(), c,
		s.InitialCamera(), &part, s.GUI(), s.Scene(), s)
	f := &foreign{server: s}
	methods := 0
	for _, handle := range hs {
		for _, name := range methodNames(handle) {
			typ := reflect.ValueOf(handle).MethodByName(name).Type()
			for i := range typ.NumIn() {
				param := typ.In(i)
				if typ.IsVariadic() && i == typ.NumIn()-1 {
					param = param.Elem()
				}
				for _, v := range f.values(param) {
					methods++
					f.try(t, hs, handle, name, i, v)
				}
			}
		}
	}
	if methods < 150 {
		t.Errorf("only %d places were tried", methods)
	}
	if n := cellCalls.Load(); n > 0 {
		t.Errorf("the method of a cell of a table was called %d times", n)
	}
}

// connectOnce connects a client outside of a bubble, where a deadlock can be detected.
func connectOnce(t *testing.T, s *viser.Server) *viser.Client {
	t.Helper()
	connected := make(chan *viser.Client, 1)
	defer s.OnClientConnect(func(_ context.Context, c *viser.Client) { connected <- c })()
	p, err := s.JoinTestPage(true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Leave)
	cam := someCamera
	p.Receive(&cam)
	return <-connected
}

// try calls a method with the value as one argument, and the methods of its result.
func (f *foreign) try(t *testing.T, hs handles, handle any, name string, place int, v reflect.Value) {
	t.Helper()
	what := fmt.Sprintf("%T.%s with a foreign %v", handle, name, describe(v))
	in, missing := hs.argumentsOf(over(t), handle, name)
	if missing != nil {
		t.Errorf("%s: there is no legal %v", what, missing)
		return
	}
	in = append(in[:min(place, len(in)):min(place, len(in))], append([]reflect.Value{v}, in[min(place+1, len(in)):]...)...)
	f.handle = handle
	f.calls.Store(0)
	var made []any
	within(t, what, func() {
		for _, r := range reflect.ValueOf(handle).MethodByName(name).Call(in) {
			if strings.HasPrefix(name, "Add") && r.Kind() == reflect.Pointer && !r.IsNil() {
				made = append(made, r.Interface())
			}
			if rec, ok := r.Interface().(*viser.Recording); ok && rec != nil {
				rec.Close() // which writes
			}
		}
	})
	if f.calls.Load() == 0 && !neverCalled(v.Type()) {
		t.Errorf("%s: it was not used", what)
	}
	for _, h := range made {
		f.handle = h
		for _, m := range methodNames(h) {
			if !strings.HasPrefix(m, "Add") { // containers are tried themselves
				within(t, what+", then "+m, func() { append(slices.Clone(hs), h).call(t, over(t), h, m) })
			}
		}
	}
}

// describe returns the path of the foreign value in another one.
func describe(v reflect.Value) string {
	if v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct && v.Type() != reflect.TypeFor[*foreign]() {
		for i := range v.Elem().NumField() {
			if !v.Elem().Field(i).IsZero() {
				return v.Type().String() + "." + v.Elem().Type().Field(i).Name
			}
		}
	}
	return v.Type().String()
}

// within fails the test if the call does not return. Misuse is fine: some values need
// others beside them.
func within(t *testing.T, what string, call func()) {
	t.Helper()
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		call()
	}()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	select {
	case panicked := <-done:
		var misuse *viser.UsageError
		if err, _ := panicked.(error); panicked != nil && !errors.As(err, &misuse) {
			t.Errorf("%s: panic: %v", what, panicked)
		}
	case <-deadline.C:
		t.Fatalf("%s: the call does not return; a lock is held while the program's code runs", what)
	}
}
