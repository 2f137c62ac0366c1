package viser_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestMultiSelect(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		h := s.GUI().AddMultiSelect("m", []string{"a", "b", "c"}, &viser.MultiSelectOptions{Initial: []string{"c", "a", "a"}})
		if got := h.Value(); !reflect.DeepEqual(got, []string{"a", "c"}) {
			t.Fatalf("%q", got)
		}
		var values record[string]
		h.OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]string]) { values.add(strings.Join(e.Value, "")) })
		p, _ := connect(t, s)
		uuid := last[*wire.GuiMultiSelectMessage](open(t, s, true)).UUID
		for _, v := range []any{[]any{"b"}, []any{"b"}, []any{"x"}, "a", []any{1}, []any{}, []any{"c", "b"}, nil} {
			p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: v}}})
			synctest.Wait()
		}
		h.SetValue([]string{"a", "b"})
		synctest.Wait()
		h.SetOptions([]string{"b", "d"})
		synctest.Wait()
		if got := strings.Join(values.got(), "|"); got != "b||bc|ab|b" {
			t.Errorf("values %s", got)
		}
		misused(t, "value", func() { h.SetValue([]string{"a"}) })
		misused(t, "options", func() { h.SetOptions(nil) })
		misused(t, "twice", func() { h.SetOptions([]string{"a", "a"}) })
		misused(t, "initial", func() {
			s.GUI().AddMultiSelect("m", []string{"a"}, &viser.MultiSelectOptions{Initial: []string{"b"}})
		})
	})
}

func TestDropdownOptions(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		dd := s.GUI().AddDropdown("d", []string{"a", "b", "c"}, &viser.DropdownOptions{Initial: "b"})
		var seen record[string]
		dd.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { seen.add(e.Value) })
		p.catchUp()
		dd.SetOptions([]string{"b", "x"})
		dd.SetOptions([]string{"x", "y"})
		p.catchUp()
		us := all[*wire.GuiUpdateMessage](p)
		if dd.Value() != "x" || us[len(us)-1].Updates[0].Value != "x" || dd.Options()[1] != "y" {
			t.Errorf("%q, %+v", dd.Value(), us)
		}
		if diff := cmp.Diff([]string{"x"}, seen.got()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestRemovedOption: a page chooses what was there a moment ago.
func TestRemovedOption(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		dd := s.GUI().AddDropdown("d", []string{"a", "b"}, nil)
		p.catchUp()
		dd.SetOptions([]string{"x", "y"})
		say(p, dropdownID, "b")
		if dd.Value() != "x" {
			t.Errorf("the value is %q, which is no option", dd.Value())
		}
		say(p, dropdownID, "y")
		if dd.Value() != "y" {
			t.Errorf("the value is %q", dd.Value())
		}
	})
}
