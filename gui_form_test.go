package viser_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestFormIsSubmittedByClientsAndTheProgram(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		a, ca := connect(t, s)
		b, _ := connect(t, s)
		form := s.GUI().AddForm("profile", nil)
		form.AddText("name", "", nil)
		var events record[string]
		form.OnSubmit(func(context.Context, viser.FormEvent) { panic("first callback") })
		off := form.OnSubmit(func(_ context.Context, e viser.FormEvent) {
			who := "program"
			if e.Client != nil {
				who = fmt.Sprint(e.Client.ID())
			}
			events.add(fmt.Sprint(who, " ", e.Target == form))
		})
		a.catchUp()
		b.catchUp()
		id := last[*wire.GuiFormMessage](a).UUID

		a.Receive(&wire.GuiFormDirtyMessage{UUID: id})
		synctest.Wait()
		if ms := a.catchUp(); len(ms) != 0 {
			t.Errorf("the client that edited received its own edit: %q", types(ms))
		}
		if ms := types(b.catchUp()); !slices.Equal(ms, []string{"GuiFormDirtyMessage"}) {
			t.Errorf("the other page was sent %q", ms)
		}
		late := open(t, s, false)
		if len(all[*wire.GuiFormDirtyMessage](late)) != 1 {
			t.Error("a late page does not know of the edit")
		}

		a.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		synctest.Wait()
		for _, p := range []*page{a, b, late} {
			if ms := types(p.catchUp()); !slices.Equal(ms, []string{"GuiFormSubmitMessage"}) {
				t.Errorf("a page was sent %q", ms)
			}
		}
		form.Submit()
		synctest.Wait()
		off()
		form.Submit()
		synctest.Wait()
		want := []string{fmt.Sprint(ca.ID(), " true"), "program true"}
		if diff := cmp.Diff(want, events.got()); diff != "" {
			t.Error(diff)
		}
		if !log.has("first callback") {
			t.Error("the panic was not logged")
		}
	})
}

func TestFormSubmittedBySomebody(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, ca := connect(t, s)
		form := s.GUI().AddForm("f", nil)
		button := form.AddButton("Save", nil)
		button.OnClick(func(_ context.Context, e viser.ButtonEvent) { form.SubmitBy(e.Client) })
		var by []*viser.Client
		form.OnSubmit(func(ctx context.Context, e viser.FormEvent) {
			if by = append(by, e.Client); e.Client != nil && ctx != e.Client.Context() {
				t.Error("the context is not the client's")
			}
		})
		a.catchUp()
		a.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiButtonMessage](a).UUID, Updates: wire.Updates{{Key: "value", Value: true}}})
		synctest.Wait()
		if ms := types(a.catchUp()); !slices.Contains(ms, "GuiFormSubmitMessage") {
			t.Errorf("the client keeps the mark of edits: it received %q", ms)
		}
		form.SubmitBy(nil)
		synctest.Wait()
		a.Leave()
		synctest.Wait()
		form.SubmitBy(ca)
		synctest.Wait()
		if want := []*viser.Client{ca, nil}; !slices.Equal(by, want) {
			t.Errorf("submitted by %v, want %v", by, want)
		}
		_, cb := connect(t, s)
		misused(t, "another client's form", func() { cb.GUI().AddForm("f", nil).SubmitBy(ca) })
		misused(t, "a client of another server", func() {
			other := viser.NewTestServer(nil)
			defer other.Close()
			other.GUI().AddForm("f", nil).SubmitBy(ca)
		})
	})
}

func TestFormRemovedDuringSubmission(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		form := s.GUI().AddForm("f", nil)
		ran := 0
		form.OnSubmit(func(context.Context, viser.FormEvent) { ran++; form.Remove() })
		p.catchUp()
		id := last[*wire.GuiFormMessage](p).UUID
		p.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		p.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		synctest.Wait()
		p.catchUp()
		form.Submit()
		if ms := p.catchUp(); len(ms) != 0 || ran == 0 {
			t.Errorf("%d callbacks, then %q", ran, types(ms))
		}
		if !log.has("Form.Submit") {
			t.Error("no client received the removal of the form")
		}
	})
}

func TestFormsAreNotNested(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		g := s.GUI()
		form := g.AddForm("f", nil)
		folder := form.AddFolder("inside", nil)
		tab := folder.AddTabGroup(nil).AddTab("t", nil)
		misused(t, "in a form", func() { form.AddForm("x", nil) })
		misused(t, "in a folder of a form", func() { folder.AddForm("x", nil) })
		misused(t, "in a tab of a form", func() { tab.AddForm("x", nil) })
		misused(t, "a client's", func() { c.GUI().In(form).AddForm("x", nil) })
		form.AddModal("m", nil).AddForm("a modal stands on its own", nil)
		form.AddPanel(nil).AddTab("t", nil).AddForm("and so does a panel", nil)
		g.AddForm("beside", nil)
	})
}
