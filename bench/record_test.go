package main

import (
	"path/filepath"
	"testing"
)

func TestRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.viser")
	s := newSession(0.2)
	if err := recordOurs(t.Context(), s, path); err != nil {
		t.Fatal(err)
	}
	if err := checkRecording(path, s); err != nil {
		t.Error(err)
	}
	if err := checkRecording(path, newSession(0.3)); err == nil {
		t.Error("a recording of 0.2 s is taken for one of 0.3 s")
	}
}
