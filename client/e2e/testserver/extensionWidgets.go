package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
)

func init() { scenarios["extensionWidgets"] = extensionWidgetsScenario }

// extensionWidgetsScenario has the widgets that upstream viser does not support.
func extensionWidgetsScenario(s *stage) {
	g := s.GUI()
	row := func(i int) []any { return []any{fmt.Sprintf("row %d", i), (i * 7919) % 100_003, i%2 == 0} }
	rows := make([][]any, 100_000)
	for i := range rows {
		rows[i] = row(i)
	}
	table := g.AddTable([]string{"Name", "Number", "Even"}, rows, &viser.TableOptions{Label: "Many rows"})
	table.OnClick(func(_ context.Context, e viser.TableEvent) { s.event("row %d", e.Row) })
	log := g.AddLog(&viser.LogOptions{Label: "What happens", Keep: 2000})
	log.Print(viser.LogInfo, "it begins")
	many := g.AddMultiSelect("Layers", []string{"ground", "walls", "roof", "people"}, &viser.MultiSelectOptions{Initial: []string{"walls"}})
	many.OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]string]) { s.event("many %s", strings.Join(e.Value, ",")) })
	s.do("append", func(v string) {
		n, _ := strconv.Atoi(v)
		for range n {
			table.Append(row(table.Len()))
		}
	})
	s.do("rows", func(v string) {
		table.SetColumns([]string{v, v, v})
		table.SetRows([][]any{{v, 1, nil}})
	})
	s.do("log", func(v string) {
		level, text, _ := strings.Cut(v, " ")
		log.Print(viser.LogLevel(level), text)
	})
	s.do("log-many", func(v string) {
		n, _ := strconv.Atoi(v)
		for i := range n {
			log.Print(viser.LogInfo, fmt.Sprint("number ", i))
		}
	})
	s.do("choose", func(v string) { many.SetValue(strings.Split(v, ",")) })
	s.do("choices", func(v string) { many.SetOptions(strings.Split(v, ",")) })
}
