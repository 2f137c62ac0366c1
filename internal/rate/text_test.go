package rate_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/viser-go/viser/internal/rate"
)

func TestStackIsBounded(t *testing.T) {
	var deep func(n int) string
	deep = func(n int) string {
		if n == 0 {
			return rate.Stack()
		}
		return deep(n - 1)
	}
	if s := deep(10_000); len(s) > rate.MaxStack || !strings.Contains(s, "rate_test") {
		t.Errorf("%d bytes, beginning with %.200s", len(s), s)
	}
}

func TestTextIsBounded(t *testing.T) {
	if s := rate.Text(errors.New(strings.Repeat("ä", 1e6))); s != strings.Repeat("ä", rate.MaxText) {
		t.Errorf("%d bytes", len(s))
	}
	if s := rate.Text(nil); s != "<nil>" {
		t.Errorf("nil is %q", s)
	}
}
