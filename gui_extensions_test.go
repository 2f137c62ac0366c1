package viser_test

import (
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestExtensionWidgetsAreTextInUpstreamClient: under the same order, hidden when they are.
func TestExtensionWidgetsAreTextInUpstreamClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		g := s.GUI()
		g.AddTable([]string{"a"}, nil, &viser.TableOptions{Order: new(7.0)})
		log := g.AddLog(nil)
		many := g.AddMultiSelect("many", []string{"a", "b"}, nil)
		p, extended := open(t, s, false), open(t, s, true)
		texts := all[*wire.GuiMarkdownMessage](p)
		if len(texts) != 3 || texts[0].Props.Order != 7 || !strings.Contains(texts[1].Props.Markdown, "log") {
			t.Fatalf("%d texts", len(texts))
		}
		if len(all[*wire.GuiTableMessage](extended)) != 1 || len(all[*wire.GuiLogMessage](extended)) != 1 || len(all[*wire.GuiMultiSelectMessage](extended)) != 1 {
			t.Error("a client of viser-go.v1 does not receive them")
		}
		time.Sleep(time.Second)
		log.Print(viser.LogInfo, "unseen there")
		many.SetValue([]string{"b"})
		log.SetVisible(false)
		seen := p.catchUp()
		if len(seen) != 1 || seen[0].(*wire.GuiUpdateMessage).Updates[0].Key != "visible" {
			t.Errorf("a client of upstream viser receives %v", types(seen))
		}
	})
}
