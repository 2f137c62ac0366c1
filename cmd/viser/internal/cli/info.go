package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

const aboutInfo = `Info tells what is in a file. Of a recording (.viser): how long it is, what was wrong with the file, and how many messages
and bytes there are for each node and element, and for each second. Bytes are those of messages and arrays before compression.
Of a model, in one of the formats of "viser view": what it consists of, where it is, and its fields. FILE may then also be
a folder, the URL of a file, or - for standard input.`

// mostRows is how many rows of a table are printed without --all.
const mostRows = 20

func runInfo(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("info", "[flags] FILE", aboutInfo, sys.Out)
	asJSON := fs.Bool("json", false, "print JSON")
	by := fs.String("sort", "bytes", "what the rows of nodes and elements are sorted by, a `column`: "+strings.Join(sortedBy, ", "))
	all := fs.Bool("all", false, fmt.Sprintf("print all nodes and all seconds, not only up to %d rows", mostRows))
	format := fs.String("format", "", "the `format` of a model (default by its content)")
	columns := fs.String("columns", "", "the `columns` of a text file of points, such as x,y,z,intensity")
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) != 1 {
		return &usageError{"info", "it takes one file"}
	}
	model, err := (&modelFlags{format: *format, columns: *columns}).reading()
	if err != nil {
		return &usageError{"info", err.Error()}
	}
	if !slices.Contains(sortedBy, *by) {
		return &usageError{"info", fmt.Sprintf("--sort must be one of %s, not %q", strings.Join(sortedBy, ", "), *by)}
	}
	from := operand(operands[0])
	recorded := false
	if from.local() != "" {
		if recorded, err = isRecording(from.local()); err != nil {
			return err
		}
	}
	if !recorded {
		return modelsInfo(ctx, operands[0], model, *asJSON, sys)
	}
	r, err := openRecording(operands[0])
	if err != nil {
		return err
	}
	defer r.Close()
	c, err := countContents(ctx, r.Reader, newProgress(sys.silent(), filepath.Base(operands[0]), r.Info().Bytes))
	if err != nil {
		return err
	}
	c.sort(*by)
	c.File = filepath.Base(operands[0])
	if *asJSON {
		e := json.NewEncoder(sys.Out)
		e.SetIndent("", "  ")
		return e.Encode(c)
	}
	return c.print(sys.Out, *all)
}

// recordingContents is what info prints.
type recordingContents struct {
	File     string          `json:"file"`
	Format   string          `json:"format"`
	Viser    string          `json:"viser"`
	Program  string          `json:"program,omitempty"`
	Started  *time.Time      `json:"started,omitempty"`
	Duration float64         `json:"duration"` // seconds
	Bytes    int64           `json:"bytes"`    // of the file
	Complete bool            `json:"complete"`
	Messages int64           `json:"messages"`
	Ours     int64           `json:"viserGoMessages"` // of these
	Arrays   int             `json:"arrays"`
	Notes    []string        `json:"notes"`
	Nodes    []*contentCount `json:"nodes"`
	GUI      []*contentCount `json:"gui"`
	Other    []*contentCount `json:"other"`
	Seconds  []secondCount   `json:"seconds"`
}

// A contentCount counts what was recorded of one node or element, or of one type of message that is of none.
type contentCount struct {
	Name     string  `json:"name"` // "" is the root node
	Owner    string  `json:"client,omitempty"`
	Label    string  `json:"label,omitempty"` // of an element
	Kind     string  `json:"kind"`
	Messages int64   `json:"messages"`
	Bytes    int64   `json:"bytes"`
	First    float64 `json:"first"` // seconds
	Last     float64 `json:"last"`
}

type secondCount struct {
	From     float64 `json:"from"`
	Messages int64   `json:"messages"`
	Bytes    int64   `json:"bytes"`
}

// mostSeconds bounds the table of seconds in memory: a recording's times may be anything.
const mostSeconds = 7 * 24 * 3600

func countContents(ctx context.Context, r *recording.Reader, p *progress) (*recordingContents, error) {
	n := &counter{counts: map[[3]string]*contentCount{}, poses: map[string]*contentCount{}}
	n.Nodes, n.GUI, n.Other = []*contentCount{}, []*contentCount{}, []*contentCount{} // not null in JSON
	defer p.done()
	read, all := int64(0), max(1, r.Info().Entries)
	more := func() bool { // a million times a second
		if read++; read%4096 != 0 {
			return true
		}
		p.show(int64(float64(p.size) * min(1, float64(read)/float64(all))))
		return ctx.Err() == nil
	}
	err := r.Visit(func(e recording.Entry) bool { n.entry(e); return more() }, func(e recording.PoseEntry) bool { n.pose(e); return more() })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	n.about(r)
	return &n.recordingContents, err
}

// A counter counts what is in a recording.
type counter struct {
	recordingContents
	counts map[[3]string]*contentCount // by the kind of entity, its name and its owner
	poses  map[string]*contentCount    // by PoseEntry.Start
}

func sizeOf(m wire.RawMessage) int64 {
	n := int64(len(m.B))
	for _, ref := range m.Refs {
		n += int64(ref.Len())
	}
	return n
}

func (c *recordingContents) about(r *recording.Reader) {
	i := r.Info()
	c.Format, c.Viser, c.Program, c.Duration = i.Format, i.Version, i.Program, i.Duration
	c.Bytes, c.Complete, c.Messages, c.Ours, c.Arrays, c.Notes = i.Bytes, i.Complete, i.Entries, i.Ours, i.Arrays, append([]string{}, r.Notes()...)
	if i.Started > 0 {
		t := time.UnixMicro(int64(i.Started * 1e6)).UTC()
		c.Started = &t
	}
}

func (c *counter) entry(e recording.Entry) {
	n := c.find(e.Message, e.Time)
	if info := wire.Infos[e.Message.Type]; info.Phase == "create" || info.Entity == "" {
		n.Kind = strings.TrimSuffix(e.Message.Type, "Message")
		n.Label = e.Message.Text("props", "label")
	}
	c.add(n, e.Time, sizeOf(e.Message))
}

func (c *counter) pose(e recording.PoseEntry) {
	n := c.poses[string(e.Start)]
	if n == nil {
		n = c.find(wire.RawMessage{Type: e.Type, B: e.Start}, e.Time)
		c.poses[string(e.Start)] = n
	}
	c.add(n, e.Time, int64(e.Size))
}

// find returns what a message is counted with.
func (c *counter) find(m wire.RawMessage, t float64) *contentCount {
	info := wire.Infos[m.Type]
	key := [3]string{info.Entity, m.Type, ""}
	if info.Entity != "" {
		key = [3]string{info.Entity, m.Text(info.IDField), m.Text("owner")}
	}
	n := c.counts[key]
	if n != nil {
		return n
	}
	n = &contentCount{Name: key[1], Owner: key[2], First: t}
	c.counts[key] = n
	switch info.Entity {
	case "scene":
		c.Nodes = append(c.Nodes, n)
	case "":
		c.Other = append(c.Other, n)
	default:
		c.GUI = append(c.GUI, n)
	}
	return n
}

func (c *counter) add(n *contentCount, t float64, size int64) {
	n.Messages, n.Bytes, n.Last = n.Messages+1, n.Bytes+size, t
	second := int(min(max(0, t), mostSeconds))
	for len(c.Seconds) <= second {
		c.Seconds = append(c.Seconds, secondCount{From: float64(len(c.Seconds))})
	}
	c.Seconds[second].Messages++
	c.Seconds[second].Bytes += size
}

// sortedBy are the columns that rows may be sorted by.
var sortedBy = []string{"bytes", "messages", "name", "time"}

// sort puts what has most bytes or messages first, or what comes first by its name or time.
func (c *recordingContents) sort(by string) {
	less := map[string]func(a, b *contentCount) int{
		"bytes":    func(a, b *contentCount) int { return cmp.Compare(b.Bytes, a.Bytes) },
		"messages": func(a, b *contentCount) int { return cmp.Compare(b.Messages, a.Messages) },
		"name":     func(a, b *contentCount) int { return cmp.Compare(cmp.Or(a.Label, a.Name), cmp.Or(b.Label, b.Name)) },
		"time":     func(a, b *contentCount) int { return cmp.Compare(a.First, b.First) },
	}[by]
	for _, list := range [][]*contentCount{c.Nodes, c.GUI, c.Other} {
		slices.SortStableFunc(list, less)
	}
}

func (c *recordingContents) print(out io.Writer, all bool) error {
	fmt.Fprintf(out, "%s: %s, %.1f s, %s", c.File, c.Format, c.Duration, bytesText(c.Bytes))
	if c.Started != nil {
		fmt.Fprintf(out, ", begun %s", c.Started.Format("2006-01-02 15:04:05 MST"))
	}
	if c.Program != "" {
		fmt.Fprintf(out, ", by %q", c.Program)
	}
	fmt.Fprintf(out, "\n%d messages, of which %d are for our client only; %d arrays\n", c.Messages, c.Ours, c.Arrays)
	for _, note := range c.Notes {
		fmt.Fprintf(out, "Note: %s\n", note)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	printCounts(w, "NODE", c.Nodes, all)
	printCounts(w, "ELEMENT", c.GUI, all)
	printCounts(w, "OTHER", c.Other, all)
	printSeconds(w, c.Seconds, all)
	return w.Flush()
}

func printCounts(w io.Writer, title string, counts []*contentCount, all bool) {
	if len(counts) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\tKIND\tMESSAGES\tBYTES\tSECONDS\n", title)
	for i, n := range counts {
		if i == mostRows && !all {
			fmt.Fprintf(w, "(%d more; --all prints them)\n", len(counts)-i)
			break
		}
		name := printable(n.Name)
		switch {
		case title == "NODE" && n.Name == "":
			name = "(root)"
		case title == "ELEMENT" && n.Label != "":
			name = printable(n.Label) // the identifier is in JSON
		}
		kind := printable(n.Kind)
		if title == "OTHER" {
			name, kind = kind, ""
		}
		if n.Owner != "" {
			name += " of client " + printable(n.Owner)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%.1f to %.1f\n", name, kind, n.Messages, bytesText(n.Bytes), n.First, n.Last)
	}
}

// printable quotes text that would control a terminal: a file's names may be anything.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }) {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// printSeconds prints the table by time. Without all, seconds are merged until they fit.
func printSeconds(w io.Writer, seconds []secondCount, all bool) {
	step := 1
	for !all && (len(seconds)+step-1)/step > mostRows {
		step = nextStep(step)
	}
	if len(seconds) > 0 {
		fmt.Fprint(w, "\nSECONDS\tMESSAGES\tBYTES\n")
	}
	for part := range slices.Chunk(seconds, step) {
		var sum secondCount
		for _, s := range part {
			sum.Messages, sum.Bytes = sum.Messages+s.Messages, sum.Bytes+s.Bytes
		}
		fmt.Fprintf(w, "%.0f to %.0f\t%d\t%s\n", part[0].From, part[0].From+float64(step), sum.Messages, bytesText(sum.Bytes))
	}
}

// nextStep is the next round number of seconds.
func nextStep(step int) int {
	for _, s := range []int{2, 5, 10, 30, 60, 300, 600, 3600} {
		if s > step {
			return s
		}
	}
	return 2 * step
}
