package fold

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

var rewrite = flag.Bool("update", false, "write testdata/vectors.json anew")

const vectorsFile = "testdata/vectors.json"

// A testVector is a list of messages with what a State has to be after each. The page's tests read the same file.
type testVector struct {
	Name  string `json:"name"`
	Steps []step `json:"steps"`
	// what Messages returns at the end
	Result []step `json:"result"`
}

// A step is a message, in base64. Its placeholders have the indices of Arrays. The digest is that after it.
type step struct {
	Message []byte   `json:"message"`
	Arrays  [][]byte `json:"arrays,omitempty"`
	Digest  string   `json:"digest,omitempty"`
}

func stepOf(m wire.RawMessage) step {
	st := step{Message: slices.Clone(m.B)}
	for i, r := range m.Refs {
		binary.BigEndian.PutUint32(st.Message[r.Pos:], uint32(i))
		st.Arrays = append(st.Arrays, r.Data)
	}
	return st
}

func (st step) message(t *testing.T) wire.RawMessage {
	m, rest, err := wire.ReadRawMessage(st.Message, func(i int) ([]byte, error) { return st.Arrays[i], nil })
	if err != nil || len(rest) > 0 {
		t.Fatal(err, rest)
	}
	return m
}

func (s *State) hexDigest() string {
	d := s.Digest()
	return hex.EncodeToString(d[:])
}

func vectorOf(name string, ms []wire.RawMessage) testVector {
	v := testVector{Name: name}
	s := New()
	for _, m := range ms {
		_ = s.Apply(m) // the malformed ones change nothing
		st := stepOf(m)
		st.Digest = s.hexDigest()
		v.Steps = append(v.Steps, st)
	}
	for m := range s.Messages() {
		v.Result = append(v.Result, stepOf(m))
	}
	return v
}

func TestVectors(t *testing.T) {
	if *rewrite {
		writeVectors(t)
	}
	data, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []testVector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, v := range all {
		s := New()
		for i, st := range v.Steps {
			m := st.message(t)
			seen[m.Type] = true
			_ = s.Apply(m)
			if got := s.hexDigest(); got != st.Digest {
				t.Fatalf("%s, message %d (%s): digest %s, want %s", v.Name, i, m.Type, got, st.Digest)
			}
		}
		var want []wire.RawMessage
		for _, st := range v.Result {
			want = append(want, st.message(t))
		}
		if got, want := dump(s), texts(want); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", v.Name, got, want)
		}
	}
	for typ := range actions {
		if !seen[typ] {
			t.Errorf("no vector has a %s: run go test ./internal/fold -run TestVectors -update", typ)
		}
	}
}

func writeVectors(t *testing.T) {
	creations, changes, removals := everyType()
	var targeted []wire.RawMessage // what the removals are about
	for _, m := range creations {
		if m.Type == panelType || slices.Contains(slices.Collect(maps.Values(targets)), m.Type) {
			targeted = append(targeted, m)
		}
	}
	all := []testVector{
		vectorOf("every type that makes or changes something", slices.Concat(creations, changes)),
		vectorOf("every type that removes something", slices.Concat(targeted, removals)),
	}
	for _, c := range cases {
		var ms []wire.RawMessage
		for _, m := range c.messages {
			ms = append(ms, wire.RawOf(m))
		}
		all = append(all, vectorOf(c.name, ms))
	}
	for seed := range 8 {
		ms := rapid.SliceOfN(rapid.Custom(drawMessage), 40, 40).Example(seed)
		all = append(all, vectorOf(fmt.Sprintf("random %d", seed), ms))
	}
	var out strings.Builder
	out.WriteString("[")
	for i, v := range all {
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n" + string(line))
	}
	out.WriteString("\n]\n")
	if err := os.WriteFile(vectorsFile, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// targets are the types of what the samples change and remove, by the entity of their type.
var targets = map[string]string{"scene": "PointCloudMessage", "gui": "GuiImageMessage", "modal": modalType,
	"command": "RegisterCommandMessage", "notification": "NotificationShowMessage", "": "PointCloudMessage"}

// targetOf returns the type of what a sample is about.
func targetOf(typ string) string {
	info := wire.Infos[typ]
	switch {
	case info.Phase == "create":
		return typ
	case slices.Contains(panelTypes, typ) || typ == "GuiPanelRemoveMessage":
		return panelType
	}
	return targets[info.Entity]
}

// everyType has all samples: each creation is of an entity of its own, the others are about one of those.
func everyType() (creations, changes, removals []wire.RawMessage) {
	for _, typ := range sampleTypes {
		phase := wire.Infos[typ].Phase
		for i, m := range samples[typ] {
			key := targetOf(typ) + "-0"
			if phase == "create" {
				key = fmt.Sprintf("%s-%d", typ, i)
			}
			fields := map[string]any{"name": "/" + key, "owner": "", "uuid": key}
			maps.DeleteFunc(fields, func(field string, _ any) bool { return !has(m, field) })
			switch m = with(m, fields); {
			case phase == "create":
				creations = append(creations, m)
			case phase == "remove" || typ == "ResetGuiMessage":
				removals = append(removals, m)
			default:
				changes = append(changes, m)
			}
		}
	}
	return creations, changes, removals
}
