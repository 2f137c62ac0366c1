package viser_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestMethodsAfterRemoval calls each method of each handle of a client that has left,
// with arguments that the handles of another client take.
func TestMethodsAfterRemoval(t *testing.T) {
	legalByMethod["UploadedFile.Save"] = []any{filepath.Join(t.TempDir(), "file")}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		stayer, staying := connect(t, s)
		leaver, leaving := connect(t, s)
		there, left := everyHandle(t, stayer, staying), everyHandle(t, leaver, leaving)
		(&sender{stayer, last[*wire.GuiUploadButtonMessage](stayer).UUID, "u"}).part(1, "b")
		leaver.Leave()
		synctest.Wait()
		for i, handle := range left {
			if r, ok := handle.(interface{ Removed() bool }); ok && !r.Removed() {
				t.Errorf("%T: Removed is false after its client left", handle)
			}
			for _, name := range methodNames(handle) {
				what := fmt.Sprintf("%T.%s", handle, name)
				if r, ok := there[i].(interface{ Removed() bool }); ok && turn(name) < 5 && r.Removed() {
					t.Errorf("%s is not tried: the handle of the client that stays is removed", what)
				}
				if _, panicked := there.call(t, over(t), there[i], name); panicked != nil {
					t.Errorf("%s refuses its arguments: %v", what, panicked)
				}
				start := time.Now()
				results, panicked := left.call(t, t.Context(), handle, name)
				if panicked != nil {
					t.Errorf("%s after the client left: %v", what, panicked)
				}
				if d := time.Since(start); d > 0 {
					t.Errorf("%s after the client left took %v", what, d)
				}
				checkGone(t, what, handle, results)
			}
		}
	})
}

// over returns a context that has ended, so that nothing waits for a page.
func over(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// checkGone checks what a method of a client that has left returns.
func checkGone(t *testing.T, what string, handle any, results []reflect.Value) {
	t.Helper()
	for _, r := range results {
		if r.Kind() == reflect.Pointer && r.IsNil() || !r.CanInterface() {
			continue
		}
		if h, ok := r.Interface().(interface{ Removed() bool }); ok && !h.Removed() {
			t.Errorf("%s: the %v that it returns is not removed", what, r.Type())
		}
	}
	if len(results) == 0 || results[len(results)-1].Type() != reflect.TypeFor[error]() {
		return
	}
	err, _ := results[len(results)-1].Interface().(error)
	if want := errorWhenLeft(handle, what); !errors.Is(err, want) {
		t.Errorf("%s returns %v, want %v", what, err, want)
	}
}

// errorWhenLeft is the error that methods return after the client has left; nil for
// those whose errors are about their arguments.
func errorWhenLeft(handle any, what string) error {
	switch handle.(type) {
	case *viser.Client, *viser.Camera, *viser.LocalStorage:
		return viser.ErrClientLeft
	case *viser.UploadedFile:
		return os.ErrClosed // the callback has returned
	}
	if strings.HasSuffix(what, ".TrySetValue") {
		return viser.ErrRemoved
	}
	return nil
}

// TestMethodsDuringRemoval calls each method of each handle while its client leaves,
// or another goroutine removes all that there is.
func TestMethodsDuringRemoval(t *testing.T) {
	legalByMethod["UploadedFile.Save"] = []any{filepath.Join(t.TempDir(), "file")}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		leaver, leaving := connect(t, s)
		racing := []handles{everyHandle(t, leaver, leaving), everyElement(s.Scene(), s.GUI())}
		var race sync.WaitGroup
		race.Go(leaver.Leave)
		race.Go(func() {
			s.Scene().Reset()
			s.GUI().Reset()
		})
		for _, hs := range racing {
			for _, handle := range hs {
				race.Go(func() {
					for _, name := range methodNames(handle) {
						if _, panicked := hs.call(t, over(t), handle, name); panicked != nil {
							t.Errorf("%T.%s during its removal: %v", handle, name, panicked)
						}
					}
				})
			}
		}
		race.Wait()
	})
}

// TestEveryTypeWithMethodsIsTried: each handle that a method returns is tried too.
func TestEveryTypeWithMethodsIsTried(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		tried := map[reflect.Type]bool{
			reflect.TypeFor[*viser.Server]():        true, // belongs to no client
			reflect.TypeFor[*viser.InitialCamera](): true,
			reflect.TypeFor[*viser.ImageStream]():   true, // belongs to no client
			reflect.TypeFor[*viser.Tokens]():        true,
			reflect.TypeFor[*viser.Timeline]():      true,
			reflect.TypeFor[*viser.TestPage]():      true, // for tests
		}
		all := everyHandle(t, p, c)
		for _, h := range all {
			tried[reflect.TypeOf(h)] = true
		}
		for _, h := range append(all, s) {
			typ := reflect.TypeOf(h)
			for i := range typ.NumMethod() {
				for out := range typ.Method(i).Type.Outs() {
					ownType := out.Kind() == reflect.Pointer && out.Elem().PkgPath() == typ.Elem().PkgPath()
					if ownType && out.NumMethod() > 0 && !tried[out] {
						t.Errorf("%v.%s returns a %v, none of which is tried", typ, typ.Method(i).Name, out)
					}
				}
			}
		}
	})
}

// everyElement adds one of each kind of node and element.
func everyElement(scene *viser.Scene, gui *viser.GUI) handles {
	all := viser.HandlesOf(scene, gui)
	tabs, panel := gui.AddTabGroup(nil), gui.AddPanel(nil)
	for _, h := range slices.Clone(all) {
		if skinned, ok := h.(*viser.SkinnedMesh); ok {
			all = append(all, skinned.Bones()[0])
		}
	}
	return append(all, tabs.AddTab("tab", nil), panel.AddTab("tab", nil), gui.AddModal("modal", nil),
		scene.AddGUIContainer("/container", nil), gui.MainPanel())
}

// everyHandle has one of each kind of handle that belongs to a client; those that end
// others last.
func everyHandle(t *testing.T, p *page, c *viser.Client) handles {
	part := c.GUI().AddFolder("of a part", nil).Part()
	recording := recordTo(t, viser.ServerOf(c), io.Discard, &viser.RecordOptions{Client: c, ProgramTime: true})
	return append(everyElement(c.Scene(), c.GUI()),
		uploadOf(t, p, c), recording, c.Notify("title", "body", nil), c.Camera(), c.LocalStorage(),
		c.Viewports(), c.Viewports().At(1),
		&part, c.Scene().Part("/part"), c.GUI(), c.Scene(), c)
}

// uploadOf returns a file of which the page has sent a part.
func uploadOf(t *testing.T, p *page, c *viser.Client) *viser.UploadedFile {
	t.Helper()
	button := c.GUI().AddUploadButton("upload", nil)
	files := make(chan *viser.UploadedFile, 1)
	button.OnUploadBegin(func(ctx context.Context, e viser.UploadEvent) {
		files <- e.File
		<-ctx.Done() // the file is there until the client leaves
	})
	p.catchUp()
	p.upload("u").start("f", 2, 2).part(0, "a")
	return <-files
}
