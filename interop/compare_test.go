package interop_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// equal compares decoded values: numbers to the twelfth digit (two libraries
// compute a sine), everything else exactly.
var equal = cmp.Options{
	cmpopts.EquateApprox(1e-12, 1e-12),
	cmpopts.EquateEmpty(),
}

// compareScenario compares what two servers did, step by step.
func compareScenario(t *testing.T, python, viserGo []record) {
	t.Helper()
	if diff := diffScenario(python, viserGo); diff != "" {
		t.Errorf("(-python +viser-go)\n%s", diff)
	}
}

func diffScenario(python, viserGo []record) string {
	if got, want := stepNames(viserGo), stepNames(python); !slices.Equal(got, want) {
		return "the two sides do not do the same steps:\n" + cmp.Diff(want, got)
	}
	pythonCanon, goCanon := newCanon(), newCanon()
	pages := map[string]*page{}
	var all strings.Builder
	for i := range python {
		want, got := pythonCanon.record(python[i]), goCanon.record(viserGo[i])
		if diff := compareStep(want, got, pages); diff != "" {
			fmt.Fprintf(&all, "step %q:\n%s\n", want.Step, diff)
		}
	}
	return all.String()
}

func stepNames(records []record) []string {
	var names []string
	for _, r := range records {
		names = append(names, r.Step)
	}
	return names
}

// compareStep is "" if a step has the same result on both sides.
func compareStep(want, got record, pages map[string]*page) string {
	diff := cmp.Diff(want.Result, got.Result, equal)
	if refused := want.Error != ""; refused != (got.Error != "") && !(refused && got.Quiet) {
		diff += fmt.Sprintf("python's error: %q, viser-go: %q\n", want.Error, got.Error)
	}
	if got, want := slices.Sorted(maps.Keys(got.Sent)), slices.Sorted(maps.Keys(want.Sent)); !slices.Equal(got, want) {
		return diff + fmt.Sprintf("python's viewers: %v, viser-go: %v\n", want, got)
	}
	for _, viewer := range slices.Sorted(maps.Keys(want.Sent)) {
		var more string
		wantSent, gotSent := want.Sent[viewer], got.Sent[viewer]
		if got.TwoScopes {
			wantSent, gotSent = byEntity(wantSent), byEntity(gotSent)
		}
		if want.Replay {
			more, pages[viewer] = compareReplays(wantSent, gotSent)
		} else {
			more = compareLive(wantSent, gotSent, pages[viewer])
		}
		if more != "" {
			diff += "to " + viewer + ":\n" + more
		}
	}
	return diff
}

// byEntity sorts messages by their widget or node, and keeps the order of those of the
// same one.
func byEntity(list []message) []message {
	return slices.SortedStableFunc(slices.Values(list), func(a, b message) int {
		return strings.Compare(entity(a), entity(b))
	})
}

func entity(m message) string { return fmt.Sprint(m["uuid"], m["name"]) }

// compareLive compares the messages that a connected viewer received in one step. Ours
// must be those of Python; only a message that changes nothing on the viewer's page may
// be missing.
func compareLive(want, got []message, shown *page) string {
	at := 0
	same := true
	for _, m := range want {
		changed, err := shown.apply(m)
		if err != nil {
			return err.Error()
		}
		switch {
		case at < len(got) && cmp.Equal(m, got[at], equal):
			at++
		case changed:
			same = false
		}
	}
	if same && at == len(got) {
		return ""
	}
	return cmp.Diff(want, got, equal)
}

// compareReplays compares the resulting pages of a viewer that connects late. A replay
// is state, not a log: our server merges updates into the create messages, Python's
// does not. It returns the initial page of Python's viewer.
func compareReplays(want, got []message) (string, *page) {
	shown, err := replayed(want)
	if err != nil {
		return "python: " + err.Error(), newPage()
	}
	viserGo, err := replayed(got)
	if err != nil {
		return "viser-go: " + err.Error(), shown
	}
	return cmp.Diff(shown.settled(), viserGo.settled(), equal), shown
}

func replayed(list []message) (*page, error) {
	p := newPage()
	for i, m := range list {
		if done := m.Type() == "ReplayDoneMessage"; done != (i == len(list)-1) {
			return nil, fmt.Errorf("message %d of %d in the replay is a %s", i+1, len(list), m.Type())
		}
		if _, err := p.apply(m); err != nil {
			return nil, err
		}
	}
	return p, nil
}
