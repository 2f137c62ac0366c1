package viser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestAMegabyteOfText(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, _ := connect(t, s)
		b, _ := connect(t, s)
		long := strings.Repeat("word ", 1<<20/5)
		tx := s.GUI().AddText("t", "", &viser.TextOptions{Multiline: true})
		a.catchUp()
		b.catchUp()
		say(a, textID, long)
		b.catchUp()
		if u := last[*wire.GuiUpdateMessage](b); tx.Value() != long || u.Updates[0].Value != long {
			t.Errorf("the program has %d bytes", len(tx.Value()))
		}
		tx.SetValue(long + "!")
		a.catchUp()
		if u := last[*wire.GuiUpdateMessage](a); u.Updates[0].Value != long+"!" {
			t.Error("the page has not the program's text")
		}
		s.GUI().AddMarkdown(long, nil)
		s.GUI().AddHTML(long, nil)
		if got := types(b.catchUp()); !slices.Contains(got, "GuiMarkdownMessage") || !slices.Contains(got, "GuiHtmlMessage") {
			t.Errorf("%q", got)
		}
	})
}
