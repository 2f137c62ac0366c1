// Table shows elements that upstream viser does not support: a table of a hundred thousand rows, a log, and a choice of
// several.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/viser-go/viser"
)

const count = 100_000

var shapes = []string{"box", "ball", "can", "mesh"}

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	addPanel(server.GUI())
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func addPanel(gui *viser.GUI) {
	shown := gui.AddMultiSelect("Shapes", shapes, &viser.MultiSelectOptions{Initial: shapes})
	table := gui.AddTable([]string{"Part", "Shape", "Weight"}, parts(shapes), &viser.TableOptions{Label: "Parts"})
	events := gui.AddLog(&viser.LogOptions{Label: "Events"})
	events.Print(viser.LogInfo, "Click on a row, or on a heading to sort.")

	shown.OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]string]) {
		table.SetRows(parts(e.Value))
		level := viser.LogInfo
		if len(e.Value) == 0 {
			level = viser.LogWarn
		}
		events.Print(level, "shown: "+strings.Join(e.Value, ", "))
	})
	table.OnClick(func(_ context.Context, e viser.TableEvent) {
		events.Print(viser.LogDebug, fmt.Sprintf("row %d, by client %d", e.Row, e.Client.ID()))
	})
}

// parts makes the rows of those shapes.
func parts(of []string) [][]any {
	var rows [][]any
	for i := range count {
		shape := shapes[i%len(shapes)]
		if slices.Contains(of, shape) {
			rows = append(rows, []any{fmt.Sprintf("part %d", i), shape, float64(i*7919%1000) / 10})
		}
	}
	return rows
}
