//go:build !race

package standalone

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// TestPage has more data than one block. Its regular expressions take most of a minute under the race detector.
func TestPage(t *testing.T) {
	data := make([]byte, 2*blockSize+1001)
	random := rand.NewChaCha8([32]byte{1})
	if _, err := random.Read(data); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w, err := fakeBuild(t).newWriter(&out, Options{
		Title:  `A <b> & "c"`,
		Config: Config{DarkMode: true, Query: "a=</script>"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for rest := data; len(rest) > 0; {
		n := min(len(rest), 1+int(random.Uint64()%(4<<20)))
		if written, err := w.Write(rest[:n]); written != n || err != nil {
			t.Fatalf("Write(%d bytes) = %d, %v", n, written, err)
		}
		rest = rest[n:]
	}
	w.Need(wire.RawMessage{Type: "BoxMessage"})
	w.Need(wire.RawMessage{Type: "GlbMessage"})
	w.Need(wire.RawMessage{Type: "GuiPlotlyMessage"})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p := parsePage(t, out.String())
	if p.title != `A <b> & "c"` {
		t.Errorf("the title is %q", p.title)
	}
	if want := `{"darkMode":true,"query":"a=\u003c/script\u003e"}`; p.config != want {
		t.Errorf("the settings are %s, want %s", p.config, want)
	}
	if len(p.recording) != 3 || !bytes.Equal(slices.Concat(p.recording...), data) {
		t.Errorf("the recording is not what was written, or in %d blocks, not 3", len(p.recording))
	}
	if want := map[string]string{"core": "part", "glb": "part", "plotly": "later"}; !maps.Equal(p.kinds, want) {
		t.Errorf("the parts are %v, want %v", p.kinds, want)
	}
	for name, packed := range p.parts {
		if hash := hashOf(unpack(t, packed)); !strings.Contains(p.policy, "'"+hash+"'") {
			t.Errorf("the policy does not allow %s, %s", name, hash)
		}
	}
	if len(p.scripts) != 1 || !strings.Contains(p.policy, "'"+hashOf([]byte(p.scripts[0]))+"'") {
		t.Errorf("the policy does not allow the scripts %q", p.scripts)
	}
}
