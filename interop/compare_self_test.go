package interop_test

import (
	"maps"
	"slices"
	"testing"
)

// TestComparisonAgreesWithItself runs scenarios twice on the real viser: only what the
// canon removes may differ between runs.
func TestComparisonAgreesWithItself(t *testing.T) {
	for _, scenario := range []string{"scene_tree", "client_gui", "inbound_widgets", "downloads"} {
		t.Run(scenario, func(t *testing.T) {
			compareScenario(t, pythonRecords(t, scenario), pythonRecords(t, scenario))
		})
	}
}

// TestComparisonDetects changes each field of what the real viser sent to a connected
// viewer, and removes each message, one at a time: each must be detected, except for a
// message that changes nothing in the client, and for the name of something new.
func TestComparisonDetects(t *testing.T) {
	for _, scenario := range []string{"scene_tree", "scene_clicks", "notifications"} {
		t.Run(scenario, func(t *testing.T) {
			python := pythonRecords(t, scenario)
			altered := 0
			for i, r := range python {
				if !r.Replay {
					altered += changeStep(t, python, i)
				}
			}
			if altered < 20 {
				t.Errorf("only %d fields to alter", altered)
			}
		})
	}
}

func changeStep(t *testing.T, python []record, i int) (altered int) {
	t.Helper()
	for viewer, messages := range python[i].Sent {
		for j, m := range messages {
			for _, key := range slices.Sorted(maps.Keys(m)) {
				if key == "uuid" && m["props"] != nil {
					continue
				}
				changed := maps.Clone(m)
				changed[key] = "altered"
				sent := slices.Replace(slices.Clone(messages), j, j+1, changed)
				if !noticed(python, i, viewer, sent) {
					t.Errorf("step %q: not noticed: %v instead of %v", python[i].Step, changed, m)
				}
				altered++
			}
			sent := slices.Delete(slices.Clone(messages), j, j+1)
			if matters := changesPage(t, python, i, viewer, j); noticed(python, i, viewer, sent) != matters {
				t.Errorf("step %q: %v left out: matters %t, noticed %t", python[i].Step, m, matters, !matters)
			}
		}
	}
	return altered
}

// noticed compares a record with one whose step i sent something else.
func noticed(python []record, i int, viewer string, sent []message) bool {
	other := python[i]
	other.Sent = maps.Clone(other.Sent)
	other.Sent[viewer] = sent
	pages := map[string]*page{}
	canonA, canonB := newCanon(), newCanon()
	for _, r := range python[:i] {
		compareStep(canonA.record(r), canonB.record(r), pages)
	}
	return compareStep(canonA.record(python[i]), canonB.record(other), pages) != ""
}

// changesPage reports whether message j of step i changed the viewer's page.
func changesPage(t *testing.T, python []record, i int, viewer string, j int) bool {
	t.Helper()
	shown := newPage()
	tell := func(m message) bool {
		changed, err := shown.apply(m)
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	for _, r := range python[:i] {
		for _, m := range r.Sent[viewer] {
			tell(m)
		}
	}
	for _, m := range python[i].Sent[viewer][:j] {
		tell(m)
	}
	return tell(python[i].Sent[viewer][j])
}

// TestTwoScopesHaveNoOrder compares steps of which two buffers sent a part.
func TestTwoScopesHaveNoOrder(t *testing.T) {
	removed := message{"type": "GuiRemoveMessage", "uuid": "a"}
	first := message{"type": "GuiUpdateMessage", "uuid": "b", "updates": map[string]any{"label": "1"}}
	second := message{"type": "GuiUpdateMessage", "uuid": "b", "updates": map[string]any{"order": 2.0}}
	python := record{Sent: map[string][]message{"A": {removed, first, second}}}
	for _, c := range []struct {
		name      string
		sent      []message
		twoScopes bool
		same      bool
	}{
		{"the other order", []message{first, second, removed}, true, true},
		{"one scope", []message{first, second, removed}, false, false},
		{"another order of one widget", []message{removed, second, first}, true, false},
		{"one is missing", []message{first, removed}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			viserGo := record{Sent: map[string][]message{"A": c.sent}, TwoScopes: c.twoScopes}
			shown, err := replayed([]message{
				{"type": "GuiTextMessage", "uuid": "a", "container_uuid": "root", "value": "", "props": map[string]any{}},
				{"type": "GuiTextMessage", "uuid": "b", "container_uuid": "root", "value": "", "props": map[string]any{}},
				{"type": "ReplayDoneMessage"},
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := compareStep(python, viserGo, map[string]*page{"A": shown}); (diff == "") != c.same {
				t.Errorf("same %t, want %t:\n%s", diff == "", c.same, diff)
			}
		})
	}
}
