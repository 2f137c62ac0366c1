package interop_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"testing"

	"github.com/viser-go/viser/interop/internal/rawclient"
)

// A record is the result of one step of a scenario: the result or error of the call,
// and the messages that each viewer received because of it.
type record struct {
	Step   string
	Result any
	Error  string
	Sent   map[string][]rawclient.Message
	// Replay: a socket was opened, and Sent are its first messages.
	Replay bool
	// Quiet marks a step that Python rejects with an error and this library
	// intentionally ignores. Only our side sets it.
	Quiet bool
	// TwoScopes marks a step that sends through the server's buffer and through
	// a client's. Their order is not determined: only the order of the messages
	// about one entity is compared. Only our side sets it.
	TwoScopes bool
}

// played has what was printed for each scenario that the real viser has played.
var played sync.Map

// pythonRecords runs a scenario on the real viser, once.
func pythonRecords(t *testing.T, scenario string) []record {
	t.Helper()
	lines, ok := played.Load(scenario)
	if !ok {
		lines = runPython(t, "record.py", scenario)
		played.Store(scenario, lines)
	}
	records, err := parseRecords(lines.([]byte))
	if err != nil {
		t.Fatalf("record of %s: %v", scenario, err)
	}
	return records
}

func parseRecords(lines []byte) ([]record, error) {
	decoder := json.NewDecoder(bytes.NewReader(lines))
	var records []record
	for {
		var raw struct {
			Step   string
			Result any
			Error  string
			Replay bool
			Sent   map[string][]map[string]any
		}
		switch err := decoder.Decode(&raw); {
		case errors.Is(err, io.EOF):
			return records, nil
		case err != nil:
			return nil, err
		}
		r := record{Step: raw.Step, Error: raw.Error, Replay: raw.Replay, Sent: map[string][]rawclient.Message{}}
		var err error
		if r.Result, err = unmark(raw.Result); err != nil {
			return nil, err
		}
		for viewer, messages := range raw.Sent {
			r.Sent[viewer] = []message{}
			for _, m := range messages {
				value, err := unmark(m)
				if err != nil {
					return nil, err
				}
				r.Sent[viewer] = append(r.Sent[viewer], value.(map[string]any))
			}
		}
		records = append(records, r)
	}
}

// unmark turns the marked maps of pydriver/wire.py back into values.
func unmark(value any) (any, error) {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			var err error
			if out[i], err = unmark(item); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		return unmarkMap(v)
	}
	return value, nil
}

func unmarkMap(fields map[string]any) (any, error) {
	text := func(key string) string {
		s, _ := fields[key].(string)
		return s
	}
	if dtype := text("$array"); dtype != "" {
		data, err := base64.StdEncoding.DecodeString(text("base64"))
		return rawclient.Array{DType: dtype, Data: data}, err
	}
	if _, ok := fields["$bytes"]; ok {
		data, err := base64.StdEncoding.DecodeString(text("$bytes"))
		return rawclient.Bytes(data), err
	}
	if word := text("$float"); word != "" {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, fmt.Errorf("float %q: %w", word, err)
		}
		return n, nil
	}
	out := make(map[string]any, len(fields))
	for key, item := range fields {
		var err error
		if out[key], err = unmark(item); err != nil {
			return nil, err
		}
	}
	return out, nil
}
