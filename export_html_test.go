package viser_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

// An exported page, as far as the tests look into it.
type exported struct {
	text     string
	messages []wire.RawMessage
	duration float64
}

var recordingBlock = regexp.MustCompile(`<script type="text/plain" data-viser="recording">([^<]*)</script>`)

// export exports the page and reads the recording in it.
func export(t *testing.T, s *viser.Server, o *viser.ExportOptions) exported {
	t.Helper()
	var out strings.Builder
	if err := s.ExportHTML(&out, o); err != nil {
		t.Fatal(err)
	}
	page := exported{text: out.String()}
	var data []byte
	for _, block := range recordingBlock.FindAllStringSubmatch(page.text, -1) {
		b, err := base64.StdEncoding.DecodeString(block[1])
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, b...)
	}
	r, err := recording.Open(bytes.NewReader(data), int64(len(data)), recording.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page.duration = r.Duration()
	for e, err := range r.Entries(-1, math.Inf(1)) {
		if err != nil {
			t.Fatal(err)
		}
		page.messages = append(page.messages, e.Message)
	}
	if notes := r.Notes(); len(notes) > 0 {
		t.Errorf("notes of the recording: %q", notes)
	}
	return page
}

// has reports whether one of the page's messages is of the type and contains the text.
func (p exported) has(kind, text string) bool {
	return slices.ContainsFunc(p.messages, func(m wire.RawMessage) bool {
		return m.Type == kind && bytes.Contains(m.B, []byte(text))
	})
}

func (p exported) hasPart(name string) bool {
	return strings.Contains(p.text, fmt.Sprintf(`data-name="%s"`, name))
}

func TestExportHTML(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Label: "A <robot>"})
	defer s.Close()
	cloud := s.Scene().AddPointCloud("/cloud", []viser.Vec3f{{1, 2, 3}}, nil, nil)
	cloud.SetPosition(viser.Vec3{4, 5, 6})
	gone := s.Scene().AddBox("/gone", nil)
	gone.Remove()
	s.GUI().AddSlider("Speed", 3, &viser.SliderOptions{Max: 5, Step: 1})
	page := export(t, s, nil)
	for _, want := range [][2]string{{"PointCloudMessage", "/cloud"}, {"SetPositionMessage", "/cloud"}, {"GuiSliderMessage", "Speed"}} {
		if !page.has(want[0], want[1]) {
			t.Errorf("the page has no %s of %s", want[0], want[1])
		}
	}
	if page.has("BoxMessage", "/gone") {
		t.Error("the page has a node that was removed")
	}
	if !strings.Contains(page.text, "<title>A &lt;robot&gt;</title>") {
		t.Error("the label is not the title")
	}
	if page.hasPart("plotly") || page.hasPart("text") || page.duration != 0 {
		t.Errorf("the page has parts that it does not need, or a time line of %v s", page.duration)
	}

	s.GUI().AddMarkdown("**bold** $x^2$", nil)
	if _, err := s.GUI().AddPlotly(json.RawMessage(`{"data":[]}`), nil); err != nil {
		t.Fatal(err)
	}
	page = export(t, s, &viser.ExportOptions{Title: "B", DarkMode: true, Parameters: url.Values{"initialCameraPosition": {"1,2,3"}}})
	for _, part := range []string{"plotly", "text", "formulas"} {
		if !page.hasPart(part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	if !strings.Contains(page.text, "<title data-stays>B</title>") || !strings.Contains(page.text, `{"darkMode":true,"query":"initialCameraPosition=1%2C2%2C3"}`) {
		t.Errorf("the settings are missing in %s", page.text[:2000])
	}
}

func TestExportHTMLOfAClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		page, c := connect(t, s)
		s.Scene().AddBox("/shared", nil)
		c.Scene().AddBox("/own", nil)
		synctest.Wait()
		all, own := export(t, s, nil), export(t, s, &viser.ExportOptions{Client: c})
		if !all.has("BoxMessage", "/shared") || all.has("BoxMessage", "/own") {
			t.Error("what all clients see is not what is exported")
		}
		if !own.has("BoxMessage", "/shared") || !own.has("BoxMessage", "/own") {
			t.Error("what the client sees is not what is exported")
		}
		if at := c.Camera().Position(); !strings.Contains(own.text, url.QueryEscape(fmt.Sprintf("%g,%g,%g", at[0], at[1], at[2]))) {
			t.Errorf("the file does not begin at %v, where the client is", at)
		}
		page.Leave()
		synctest.Wait()
		if err := s.ExportHTML(io.Discard, &viser.ExportOptions{Client: c}); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("after the client has left the error is %v", err)
		}
	})
}

// TestExportHTMLInAtomic: the goroutine that exports may be the one that holds the block.
func TestExportHTMLInAtomic(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Atomic(func() {
			s.Scene().AddBox("/box", nil)
			if !export(t, s, nil).has("BoxMessage", "/box") {
				t.Error("the page lacks what the block has written")
			}
		})
	})
}

func TestExportHTMLOfARecording(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.viser")
	w, err := recording.Create(file, recording.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		m := wire.RawOf(&wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: fmt.Sprintf("/frame%d", i)}})
		if err := w.Add(recording.Entry{Time: float64(i), Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	cut, err := os.ReadFile(file) // as after a crash
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(7); err != nil {
		t.Fatal(err)
	}
	s := viser.NewTestServer(nil)
	defer s.Close()
	page := export(t, s, &viser.ExportOptions{Recording: file})
	if !page.has("FrameMessage", "/frame2") || page.duration != 7 {
		t.Errorf("the page lacks a node, or has %v s", page.duration)
	}
	if err := os.WriteFile(file, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	if page := export(t, s, &viser.ExportOptions{Recording: file}); !page.has("FrameMessage", "/frame2") || page.duration != 2 {
		t.Errorf("the page of the recording that was cut off lacks a node, or has %v s", page.duration)
	}
	if err := os.WriteFile(file, []byte("no recording at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{file, file + "x"} {
		if err := s.ExportHTML(io.Discard, &viser.ExportOptions{Recording: bad}); err == nil || !strings.HasPrefix(err.Error(), "viser: export: ") {
			t.Errorf("%s: the error is %v", bad, err)
		}
	}
}

// brokenWriter fails after some bytes.
type brokenWriter int

var errBroken = errors.New("broken")

func (b *brokenWriter) Write(p []byte) (int, error) {
	if *b -= brokenWriter(len(p)); *b < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestExportHTMLFails(t *testing.T) {
	s := viser.NewTestServer(nil)
	s.Scene().AddBox("/box", nil)
	export(t, s, nil) // or the test is skipped
	for _, room := range []brokenWriter{0, 100_000, 300_000} {
		if err := s.ExportHTML(&room, nil); !errors.Is(err, errBroken) {
			t.Errorf("the error is %v", err)
		}
	}
	other := viser.NewTestServer(nil)
	defer other.Close()
	misused(t, "Server.ExportHTML", func() { _ = s.ExportHTML(nil, nil) })
	s.Close()
	if err := s.ExportHTML(io.Discard, nil); err == nil || !strings.Contains(err.Error(), "the server is closed") {
		t.Errorf("after Close the error is %v", err)
	}
}

func TestExportHTMLMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		other := viser.NewTestServer(nil)
		defer other.Close()
		misused(t, "Server.ExportHTML", func() { _ = other.ExportHTML(io.Discard, &viser.ExportOptions{Client: c}) })
		misused(t, "Server.ExportHTML", func() { _ = s.ExportHTML(io.Discard, &viser.ExportOptions{Client: c, Recording: "a.viser"}) })
	})
}
