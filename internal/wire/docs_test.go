package wire

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the dumps in docs/wire.md anew")

const wireDoc = "../../docs/wire.md"

// TestDocsHaveTheRightDumps generates every dump of docs/wire.md and compares it with the document.
func TestDocsHaveTheRightDumps(t *testing.T) {
	data, err := os.ReadFile(wireDoc)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, dump := range docDumps(t) {
		text = replaceBlock(t, text, "<!-- dump:"+name+" -->\n```\n", "```\n", dump)
	}
	text = replaceBlock(t, text, "<!-- table:messages -->\n", "", messageTable())
	if marks := len(regexp.MustCompile("<!-- dump:").FindAllString(text, -1)); marks != len(docDumps(t)) {
		t.Errorf("docs/wire.md has %d dumps, this test makes %d", marks, len(docDumps(t)))
	}
	if text == string(data) {
		return
	}
	if !*update {
		t.Fatal("docs/wire.md is stale: run go test ./internal/wire -run Docs -update")
	}
	if err := os.WriteFile(wireDoc, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replaceBlock replaces the text between the marks; an empty end is the end of the text.
func replaceBlock(t *testing.T, text, begin, end, content string) string {
	t.Helper()
	before, rest, found := strings.Cut(text, begin)
	if !found {
		t.Fatalf("docs/wire.md has no %q", begin)
	}
	if end == "" {
		return before + begin + content
	}
	_, after, found := strings.Cut(rest, end)
	if !found {
		t.Fatalf("docs/wire.md: nothing ends %q", begin)
	}
	return before + begin + content + end + after
}

func docDumps(t *testing.T) map[string]string {
	t.Helper()
	frame := docFrame(
		&PointCloudMessage{SceneHeader: SceneHeader{Name: "/p"}, Props: PointCloudProps{
			Points: Vec3s([][3]float32{{0, 0, 0}, {1, 2, 3}}), Colors: RGBs([][3]uint8{{255, 128, 0}}),
			PointSize: 0.1, PointShape: PointShapeSquare, Precision: PointPrecisionFloat32, Scale: Uniform(1),
			PointShading: PointShadingGradient,
		}},
		&SetPositionMessage{Name: "/p", Position: [3]float64{0, 0, 1.5}},
	)
	packed, size, err := splitFrame(frame, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := unpack(packed, size)
	if err != nil {
		t.Fatal(err)
	}
	poses := docFrame(&PackedPosesMessage{
		PositionIDs: Uint32s([]uint32{7, 9}), Positions: Float32s([]float32{0, 0, 1, 0, 2, 0}),
		WXYZIDs: Uint32s([]uint32{7}), WXYZs: Float32s([]float32{1, 0, 0, 0}),
	})
	patch := encoded(&SceneNodePatchMessage{Name: "/p", Patches: []ArrayPatch{
		{Property: "points", Total: 9, Ranges: []int{0, 3, 6, 3}, Data: Float32s([]float32{0, 0, 1, 4, 5, 6})},
	}})
	moved := encoded(&GuiUpdateMessage{UUID: "5b0e", Updates: Updates{{"value", 0.5}}})
	return map[string]string{
		"frame":         hexDump(frame),
		"frame-msgpack": hexDump(plain),
		"packed-poses":  hexDump(poses),
		"array-patch":   hexDump(patch),
		"gui-update":    hexDump(moved),
	}
}

// encoded returns a message's bytes with its array placeholders numbered from 0.
func encoded(m Message) []byte {
	var e Encoder
	m.AppendTo(&e)
	for i, r := range e.Refs {
		putIndex(e.B[r.Pos:], i)
	}
	return e.B
}

func docFrame(messages ...Message) []byte {
	var b FrameBuilder
	for _, m := range messages {
		var e Encoder
		m.AppendTo(&e)
		b.Message(e.B, e.Refs)
	}
	return b.Finish(12.5).Bytes()
}

// hexDump shows 16 bytes a line: offset, hexadecimal, and text where it is printable.
func hexDump(data []byte) string {
	var b strings.Builder
	for at := 0; at < len(data); at += 16 {
		row := data[at:min(at+16, len(data))]
		text := strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return '.'
			}
			return r
		}, latin1(row))
		fmt.Fprintf(&b, "%04x  %-47s  %s\n", at, fmt.Sprintf("% x", row), text)
	}
	return b.String()
}

func latin1(data []byte) string {
	out := make([]rune, len(data))
	for i, c := range data {
		out[i] = rune(c)
	}
	return string(out)
}

var directionNames = map[Direction]string{ServerToClient: "to page", ClientToServer: "to server", BothWays: "both ways"}

func messageTable() string {
	var b strings.Builder
	b.WriteString("\n| message | direction | kind | phase | recorded |\n|---|---|---|---|---|\n")
	for _, typ := range slices.Sorted(maps.Keys(Infos)) {
		in := Infos[typ]
		recorded, note := "", ""
		if in.InScene {
			recorded = "yes"
		}
		if in.Extension {
			note = " (viser-go.v1)"
		}
		fmt.Fprintf(&b, "| `%s`%s | %s | %s | %s | %s |\n", typ, note, directionNames[in.Direction], in.Entity,
			strings.ReplaceAll(in.Phase, "_", " "), recorded)
	}
	return b.String()
}
