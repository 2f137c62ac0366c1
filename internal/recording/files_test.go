package recording

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

var update = flag.Bool("update", false, "write testdata anew, except what viser has made")

// A testFile is what testdata/expected.json has about a file. The page's tests read the same files.
type testFile struct {
	Duration float64     `json:"duration"`
	Complete bool        `json:"complete"`
	Scripts  int         `json:"scripts"` // that are dropped
	Entries  int         `json:"entries"` // that a reader of ours has
	States   []testState `json:"states"`
}

// A testState is the digest of the state at a time, as package fold computes it.
type testState struct {
	Time   float64 `json:"time"`
	Digest string  `json:"digest"`
}

// TestFiles reads the files of testdata.
func TestFiles(t *testing.T) {
	if *update {
		writeFiles(t)
	}
	got := map[string]testFile{}
	names, err := filepath.Glob("testdata/*.viser")
	if err != nil || len(names) < 7 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	for _, name := range names {
		r, err := OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got[strings.TrimPrefix(name, "testdata/")] = expectation(t, r)
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	text, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const expected = "testdata/expected.json"
	if *update {
		if err := os.WriteFile(expected, append(text, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(text)+"\n" {
		t.Errorf("the files are read as\n%s", text)
	}
}

func expectation(t *testing.T, r *Reader) testFile {
	out := testFile{Duration: r.Duration(), Complete: r.Info().Complete, Entries: len(all(t, r, -1, 1e9))}
	for i := range 11 {
		at := r.Duration() * float64(i) / 10
		s, err := r.StateAt(at)
		if err != nil {
			t.Fatal(err)
		}
		digest := s.Digest()
		out.States = append(out.States, testState{at, hex.EncodeToString(digest[:])})
	}
	out.Scripts = r.counts.scripts
	return out
}

// writeFiles writes recordings of all forms that readers meet.
func writeFiles(t *testing.T) {
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join("testdata", name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("finished.viser", written(t, "create", sample(), 3))
	write("in_place.viser", written(t, "in place", sample(), 3)) // has the arrays twice
	write("keyframes.viser", written(t, "create", random(t, 7, 700), 100))
	open := unfinished(t, random(t, 7, 700)) // was not closed
	write("open.viser", open)
	write("cut.viser", open[:len(open)*2/3])
	finished := written(t, "create", sample(), 3)
	write("cut_in_arrays.viser", finished[:len(finished)-len(finished)/3])
	write("old.viser", oldFile(sample()))
}

// unfinished returns a recording as it is before Close.
func unfinished(t testing.TB, entries []Entry) []byte {
	path := filepath.Join(t.TempDir(), "x.viser")
	w, err := Create(path, WriterOptions{Program: "test", Started: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if err := w.Add(e); err != nil {
			t.Fatal(err)
		}
		if i%7 == 6 || i == len(entries)-1 {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(0); err != nil {
		t.Fatal(err)
	}
	return b
}

// oldFile writes entries for everyone as viser before 1.1 did, and a script.
func oldFile(entries []Entry) []byte {
	var list [][]byte
	add := func(t float64, message []byte) {
		list = append(list, append(appendFloat64([]byte{0x92}, t), message...))
	}
	for i, e := range entries {
		if i == 2 {
			add(e.Time, appendText([]byte("\x82\xa4type\xb4RunJavascriptMessage\xa6source"), "alert(1)"))
		}
		if e.For == Everyone {
			add(e.Time, inlined(e.Message))
		}
	}
	b := appendFloat64([]byte("\x83\xafdurationSeconds"), 3)
	b = appendList(append(b, "\xa8messages"...), len(list))
	for _, e := range list {
		b = append(b, e...)
	}
	b = appendText(append(b, "\xacviserVersion"...), "1.0.21")
	return packedFile(b)
}

// inlined replaces the arrays of a message by their bytes.
func inlined(m wire.RawMessage) []byte {
	b, refs := m.B, m.Refs
	var out []byte
	for _, r := range refs {
		start := len(m.B) - len(b)
		head := r.Pos - len("\x82\xae__binary_index\xce")
		out = append(out, b[:head-start]...)
		out = msgp.AppendBytes(out, r.Data)
		b = m.B[r.Pos+4:]
		s := &scanner{b: b}
		s.text()
		s.text()
		b = s.b
	}
	return append(out, b...)
}

// packedFile is a file of upstream viser: the size and one zstd frame.
func packedFile(plain []byte) []byte {
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer enc.Close()
	return enc.EncodeAll(plain, le.AppendUint64(nil, uint64(len(plain))))
}
