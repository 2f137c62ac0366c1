package fold

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// fold applies messages; malformed ones change nothing.
func fold(t rapid.TB, s *State, ms []wire.RawMessage) *State {
	for _, m := range ms {
		before := s.Clone()
		if err := s.Apply(m); err != nil {
			sameShown(t, "after an error", before, s)
		}
	}
	return s
}

func sameShown(t rapid.TB, what string, want, got *State) {
	if want.Digest() != got.Digest() {
		t.Fatalf("%s\n%s\nwant\n%s", what, dump(got), dump(want))
	}
}

func dump(s *State) string { return texts(slices.Collect(s.Messages())) }

func texts(ms []wire.RawMessage) string {
	var out strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&out, "%q\n", canonical(m))
	}
	return out.String()
}

func TestMessagesMakeTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fold(t, New(), drawMessages(t, 60))
		again := New()
		for m := range s.Messages() {
			if err := again.Apply(m); err != nil {
				t.Fatalf("%v: %q", err, m.B)
			}
		}
		sameShown(t, "made of its messages", s, again)
		if a, b := slices.Collect(s.Messages()), slices.Collect(again.Messages()); !slices.EqualFunc(a, b, equalMessages) {
			t.Fatalf("the order is not stable:\n%s\nand\n%s", dump(s), dump(again))
		}
	})
}

// orders are those messages that no message undoes.
func orders(s *State) map[string]single {
	out := maps.Clone(s.singles)
	maps.DeleteFunc(out, func(_ string, m single) bool { _, ok := m.undo(); return ok })
	return out
}

func checkDiff(t rapid.TB, from, to *State) {
	got, want := from.Clone(), to.Clone()
	for _, m := range Diff(from, to) {
		if err := got.Apply(m); err != nil {
			t.Fatalf("%v: %q", err, m.B)
		}
	}
	for key, m := range orders(got) {
		if _, has := to.singles[key]; has {
			continue
		}
		if _, had := from.singles[key]; !had {
			t.Fatalf("a %s that neither has", m.msg.Type)
		}
		want.singles[key] = m
	}
	sameShown(t, fmt.Sprintf("difference of\n%s\nby\n%s\nis", dump(from), texts(Diff(from, to))), want, got)
	for _, sets := range [][2]map[string]*element{{want.elements, got.elements}, {want.commands, got.commands}, {want.notices, got.notices}} {
		if a, b := order(sets[0]), order(sets[1]); !maps.EqualFunc(a, b, slices.Equal) {
			t.Fatalf("order %v, want %v; by %s", b, a, texts(Diff(from, to)))
		}
	}
	for _, m := range Diff(got, want) {
		if _, undone := (single{msg: m}).undo(); !undone {
			t.Fatalf("a second difference: %q", m.B)
		}
	}
}

// order has the elements of each group, as a page shows them.
func order(set map[string]*element) map[string][]string {
	uuids := slices.SortedFunc(maps.Keys(set), func(a, b string) int { return cmp.Compare(set[a].seq, set[b].seq) })
	out := map[string][]string{}
	for _, uuid := range uuids {
		g := elementGroup(set[uuid])
		out[g] = append(out[g], uuid)
	}
	return out
}

func TestDiffTurnsOneIntoTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := fold(t, New(), drawMessages(t, 40))
		to := fold(t, from.Clone(), drawMessages(t, 40))
		checkDiff(t, from, to)
		checkDiff(t, to, from)
		if ms := Diff(to, to.Clone()); len(ms) > 0 {
			t.Fatalf("a clone differs: %s", texts(ms))
		}
	})
}

func TestDiffOfUnrelatedStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := fold(t, New(), drawMessages(t, 60)), fold(t, New(), drawMessages(t, 60))
		checkDiff(t, from, to)
		again := fold(t, New(), slices.Collect(to.Messages()))
		if ms := Diff(to, again); len(ms) > 0 {
			t.Fatalf("what is made of its messages differs: %s", texts(ms))
		}
	})
}

func TestClonesAreIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fold(t, New(), drawMessages(t, 30))
		before, dumped := s.Digest(), dump(s)
		ms := slices.Collect(s.Messages())
		clone := s.Clone()
		fold(t, clone, drawMessages(t, 30))
		cloned := clone.Digest()
		if s.Digest() != before {
			t.Fatalf("was\n%s\nis\n%s", dumped, dump(s))
		}
		diff := Diff(New(), s)
		made := fold(t, New(), diff).Digest()
		fold(t, s, drawMessages(t, 30))
		if clone.Digest() != cloned {
			t.Fatal("the original changed its clone")
		}
		if got := fold(t, New(), ms).Digest(); got != before {
			t.Fatal("later changes changed messages")
		}
		if fold(t, New(), diff).Digest() != made {
			t.Fatal("later changes changed a difference")
		}
	})
}

// FuzzApply: no bytes make Apply, Messages, Diff or Digest panic.
func FuzzApply(f *testing.F) {
	for _, typ := range sampleTypes {
		for _, m := range samples[typ] {
			f.Add(m.B, []byte("some more bytes!"))
		}
	}
	f.Fuzz(func(t *testing.T, b, data []byte) {
		s := New()
		for _, typ := range []string{"PointCloudMessage", "GuiTableMessage", "GuiModalMessage", "NotificationShowMessage"} {
			for _, m := range samples[typ] {
				fields := map[string]any{"name": "/a", "owner": "", "uuid": "u", "id": 1}
				maps.DeleteFunc(fields, func(k string, _ any) bool { return k != "id" && !has(m, k) })
				applied(t, s, with(m, fields))
			}
		}
		before := s.Clone()
		for len(b) > 0 {
			m, rest, err := wire.ReadRawMessage(b, func(int) ([]byte, error) { return data[:len(data)&^7], nil })
			if err != nil {
				break
			}
			fold(t, s, []wire.RawMessage{m})
			b = rest
		}
		s.Size()
		checkDiff(t, before, s)
		checkDiff(t, s, before)
	})
}

// ignored are the types of messages to a page that are no state.
var ignored = []string{
	"RunJavascriptMessage", "GetRenderRequestMessage", "ReplayDoneMessage", "ShareUrlUpdated",
	"FileTransferStartDownload", "FileTransferPart", "FileTransferPartAck", "FileTransferRefusedMessage",
	"LocalStorageSetItemMessage", "LocalStorageRemoveItemMessage", "LocalStorageClearMessage", "LocalStorageGetItemRequestMessage",
	"GuiFormSubmitMessage", "GuiFormDirtyMessage", "GuiUpdateAckMessage",
	"SessionMessage", "SessionReceivedMessage", "ClientStatsMessage", "TimelineMessage", "FileDropMessage", "SelectionReportsMessage",
	"SetViewportsMessage", "SetViewportHiddenMessage", "SetViewportCameraMessage",
	"MeasureReportsMessage", "SetLengthUnitMessage", "SetCameraFollowMessage",
}

func TestEachTypeIsStateOrIgnored(t *testing.T) {
	for typ, info := range wire.Infos {
		isState, isIgnored := actions[typ] != nil, slices.Contains(ignored, typ)
		if toPage := info.Direction != wire.ClientToServer; toPage != (isState != isIgnored) {
			t.Errorf("%s: is state %v, is ignored %v; decide it in package fold and in client/src/playback/fold.ts", typ, isState, isIgnored)
		}
		if isState && len(samples[typ]) == 0 {
			t.Errorf("there is no sample of a %s", typ)
		}
	}
	for typ := range actions {
		if _, ok := wire.Infos[typ]; !ok {
			t.Errorf("there is no %s", typ)
		}
	}
	for _, typ := range ignored {
		s := New()
		for _, m := range samples[typ] {
			applied(t, s, m)
		}
		sameShown(t, typ, New(), s)
	}
}
