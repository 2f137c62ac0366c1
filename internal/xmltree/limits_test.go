package xmltree

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	small := limits{bytes: 1 << 7, depth: 3, elements: 5}
	for name, c := range map[string]struct {
		in   string
		want string
	}{
		"a large file":       {"<a>" + strings.Repeat(" ", 120) + "\n<b/></a>", "line 2: the file is larger than 0.0001220703125 MiB, which is the limit"},
		"a comment":          {"<a><!--" + strings.Repeat("-", 200), "line 1: invalid sequence \"--\" not allowed in comments"},
		"a long comment":     {"<a><!--" + strings.Repeat(" ", 200), "line 1: the file is larger than 0.0001220703125 MiB, which is the limit"},
		"a deep file":        {"<a><b>\n<c><d/></c></b></a>", "line 2: elements are nested more than 3 deep, which is the limit"},
		"many elements":      {"<a><b/><b/>\n<b/><b/><b/></a>", "line 2: there are more than 5 elements, which is the limit"},
		"as many as may be":  {"<a><b/><b/><b/><b/></a>", ""},
		"as deep as may be":  {"<a><b><c/></b></a>", ""},
		"as large as may be": {"<a>" + strings.Repeat(" ", 121) + "</a>", ""},
	} {
		root, err := parse(strings.NewReader(c.in), small)
		var e *Error
		switch {
		case c.want == "" && (err != nil || root.Name != "a"):
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (!errors.As(err, &e) || err.Error() != c.want):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestTruncated: a file that is cut anywhere is an error with its line.
func TestTruncated(t *testing.T) {
	const file = "<?xml version='1.0' encoding='iso-8859-1'?>\n<!-- one -->\n<!DOCTYPE a>\n" +
		"<a b='&lt;&#228;' c:d=\"e\">\n<f g='h'/>text &amp; <![CDATA[<i>]]><?j k?></a>"
	for n := range len(file) {
		_, err := Parse(strings.NewReader(file[:n]))
		var e *Error
		if !errors.As(err, &e) || e.Line != 1+strings.Count(file[:n], "\n") || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
	root, err := Parse(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := root.Attr("b"); b != "<\u00e4" || root.Text("c:d") != "e" || root.Line != 4 || root.Child("f").Line != 5 {
		t.Errorf("%+v", root)
	}
}
