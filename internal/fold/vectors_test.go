package fold

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
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
	// the types of Messages at the end, in order
	Types []string `json:"types"`
}

// A step is a message, in base64. Its placeholders have the indices of Arrays.
type step struct {
	Message []byte   `json:"message"`
	Arrays  [][]byte `json:"arrays,omitempty"`
	Digest  string   `json:"digest"`
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

func (s *State) types() []string {
	out := []string{}
	for m := range s.Messages() {
		out = append(out, m.Type)
	}
	return out
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
	v.Types = s.types()
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
		if got := s.types(); !slices.Equal(got, v.Types) {
			t.Errorf("%s: messages %v, want %v", v.Name, got, v.Types)
		}
	}
	for typ := range actions {
		if !seen[typ] {
			t.Errorf("no vector has a %s: run go test ./internal/fold -run TestVectors -update", typ)
		}
	}
}

func writeVectors(t *testing.T) {
	all := []testVector{vectorOf("every type", everyType())}
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

// everyType has all samples: first each creation, of an entity of its own, then the others, about one of those.
func everyType() []wire.RawMessage {
	var creations, rest []wire.RawMessage
	for _, typ := range sampleTypes {
		for i, m := range samples[typ] {
			fields := map[string]any{}
			key := fmt.Sprintf("%s-%d", typ, i)
			phase := wire.Infos[typ].Phase
			set := func(field string, create, other any) {
				switch {
				case !has(m, field):
				case phase == "create":
					fields[field] = create
				default:
					fields[field] = other
				}
			}
			set("name", "/"+key, "/PointCloudMessage-0")
			set("owner", "", "")
			switch {
			case typ == "CommandUpdateMessage" || typ == "RemoveCommandMessage":
				set("uuid", key, "RegisterCommandMessage-0")
			case strings.Contains(typ, "Notification"):
				set("uuid", key, "NotificationShowMessage-0")
			case strings.HasPrefix(typ, "GuiSetPanel"):
				set("uuid", key, "GuiPanelMessage-0")
			default:
				set("uuid", key, "GuiImageMessage-0")
			}
			if m = with(m, fields); phase == "create" {
				creations = append(creations, m)
			} else {
				rest = append(rest, m)
			}
		}
	}
	late := func(m wire.RawMessage) int {
		return map[bool]int{true: 1}[wire.Infos[m.Type].Phase == "remove" || m.Type == "ResetGuiMessage"]
	}
	slices.SortStableFunc(rest, func(a, b wire.RawMessage) int { return late(a) - late(b) })
	return append(creations, rest...)
}
