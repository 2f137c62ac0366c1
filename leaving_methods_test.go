package viser_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
)

// TestMethodsOfWhatIsGone calls each method of each handle of a client that has left,
// and of handles that another goroutine removes meanwhile. Only what the same method
// of a handle that is there refuses as well may panic.
func TestMethodsOfWhatIsGone(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, staying := connect(t, s)
		leaver, leaving := connect(t, s)
		there, left := everyHandle(staying), everyHandle(leaving)
		racing := append(viser.HandlesOf(s.Scene(), s.GUI()), s.GUI().AddLog(nil))
		leaver.Leave()
		synctest.Wait()
		for i, handle := range left {
			if r, ok := handle.(interface{ Removed() bool }); ok && !r.Removed() {
				t.Errorf("%T: Removed is false after its client left", handle)
			}
			eachMethod(handle, func(name string, call func() ([]reflect.Value, any)) {
				if refused := panicOf(reflect.ValueOf(there[i]).MethodByName(name)); refused != nil {
					return
				}
				results, panicked := call()
				if panicked != nil {
					t.Errorf("%T.%s after the client left: %v", handle, name, panicked)
				}
				if strings.HasPrefix(name, "Add") {
					expectRemoved(t, fmt.Sprintf("%T.%s", handle, name), results)
				}
			})
		}
		var race sync.WaitGroup
		race.Go(func() {
			s.Scene().Reset()
			s.GUI().Reset()
		})
		for _, handle := range racing {
			race.Go(func() {
				eachMethod(handle, func(name string, call func() ([]reflect.Value, any)) {
					var misuse *viser.UsageError
					if _, panicked := call(); panicked != nil && !errors.As(asError(panicked), &misuse) {
						t.Errorf("%T.%s during its removal: %v", handle, name, panicked)
					}
				})
			})
		}
		race.Wait()
	})
}

// everyHandle has one of each kind of handle that belongs to a client.
func everyHandle(c *viser.Client) []any {
	gui := c.GUI()
	tabs, panel := gui.AddTabGroup(nil), gui.AddPanel(nil)
	return append(viser.HandlesOf(c.Scene(), gui),
		gui.AddLog(nil), tabs.AddTab("tab", nil), panel.AddTab("tab", nil), gui.AddTable([]string{"a"}, nil, nil),
		gui.AddModal("modal", nil), gui.AddMultiSelect("several", []string{"a"}, nil),
		c.Scene().AddGUIContainer("/container", nil), c.Notify("title", "body", nil), c.Camera(), c.GUI(), c.Scene())
}

// eachMethod calls f for each method of a handle, Remove last.
func eachMethod(handle any, f func(name string, call func() (results []reflect.Value, panicked any))) {
	v := reflect.ValueOf(handle)
	names := []string{}
	for i := range v.NumMethod() {
		if name := v.Type().Method(i).Name; name != "Remove" && name != "Close" {
			names = append(names, name)
		}
	}
	for _, name := range append(names, "Remove") {
		if m := v.MethodByName(name); m.IsValid() {
			f(name, func() ([]reflect.Value, any) { return outcome(m) })
		}
	}
}

func panicOf(m reflect.Value) any {
	if !m.IsValid() {
		return nil
	}
	_, panicked := outcome(m)
	return panicked
}

// outcome calls a method with the simplest arguments of their types.
func outcome(m reflect.Value) (results []reflect.Value, panicked any) {
	defer func() { panicked = recover() }()
	var in []reflect.Value
	for i := range m.Type().NumIn() {
		if m.Type().IsVariadic() && i == m.Type().NumIn()-1 {
			break
		}
		in = append(in, argument(m.Type().In(i)))
	}
	return m.Call(in), nil
}

func argument(typ reflect.Type) reflect.Value {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	switch {
	case typ == reflect.TypeFor[context.Context]():
		return reflect.ValueOf(done)
	case typ.Kind() == reflect.Func:
		return reflect.MakeFunc(typ, func([]reflect.Value) []reflect.Value {
			out := make([]reflect.Value, typ.NumOut())
			for i := range out {
				out[i] = reflect.Zero(typ.Out(i))
			}
			return out
		})
	case typ.Kind() == reflect.String:
		return reflect.ValueOf("a").Convert(typ)
	case typ.Kind() == reflect.Float64, typ.Kind() == reflect.Int:
		return reflect.ValueOf(1).Convert(typ)
	case typ == reflect.TypeFor[viser.Vec3]():
		return reflect.ValueOf(viser.Vec3{1, 2, 3})
	case typ == reflect.TypeFor[viser.Quat]():
		return reflect.ValueOf(viser.Quat{W: 1})
	}
	return reflect.Zero(typ)
}

func expectRemoved(t *testing.T, what string, results []reflect.Value) {
	t.Helper()
	if len(results) == 0 || results[0].Kind() == reflect.Pointer && results[0].IsNil() {
		return
	}
	if r, ok := results[0].Interface().(interface{ Removed() bool }); ok && !r.Removed() {
		t.Errorf("%s: what is added after the client left is not removed", what)
	}
}

func asError(v any) error {
	if err, ok := v.(error); ok {
		return err
	}
	return fmt.Errorf("%v", v)
}
