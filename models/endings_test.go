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
	for _, want := range []string{".ply", ".csv", ".jpeg"} {
		if !slices.Contains(endings, want) {
			t.Errorf("%v lack %s", endings, want)
		}
	}
	server := viser.New(nil)
	defer server.Close()
	server.OnDrop(func(context.Context, viser.DropEvent) {}, &viser.DropOptions{Types: endings})
}
