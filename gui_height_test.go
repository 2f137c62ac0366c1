package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
)

// TestHeightOfNothing: in options 0 is the default height; a setter cannot mean it.
func TestHeightOfNothing(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	table, log := gui.AddTable([]string{"a"}, nil, nil), gui.AddLog(nil)
	misused(t, "table", func() { table.SetHeight(0) })
	misused(t, "log", func() { log.SetHeight(0) })
	if table.Height() != 240 || log.Height() != 160 {
		t.Errorf("the heights are %d and %d", table.Height(), log.Height())
	}
}
