package models_test

import (
	"context"
	"slices"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
)

// TestEndings: the endings are what a program passes to OnDrop, which panics if they lack their dots.
func TestEndings(t *testing.T) {
	endings := models.Endings()
	for _, want := range []string{".ply", ".csv", ".jpeg", ".xml", ".json"} {
		if !slices.Contains(endings, want) {
			t.Errorf("%v lack %s", endings, want)
		}
	}
	for _, none := range []string{".colmap", ".mjcf", ".transforms.json"} {
		if slices.Contains(endings, none) {
			t.Errorf("no file is called *%s", none)
		}
	}
	server := viser.New(nil)
	defer server.Close()
	server.OnDrop(func(context.Context, viser.DropEvent) {}, &viser.DropOptions{Types: endings})
}
