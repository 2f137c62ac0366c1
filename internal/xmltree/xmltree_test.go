package xmltree_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/viser-go/viser/internal/xmltree"
)

func TestParse(t *testing.T) {
	root, err := xmltree.Parse(strings.NewReader("\xef\xbb\xbf<?xml version=\"1.0\"?>\n<robot name=' arm '>\n  <link pos='1 2 3' xlink:href='a'/>\n</robot>"))
	if err != nil {
		t.Fatal(err)
	}
	link := root.Child("link")
	if root.Text("name") != "arm" || link == nil || link.Line != 3 {
		t.Fatalf("%+v, link %+v", root, link)
	}
	if at, err := link.Vec3("pos", [3]float64{}); at != [3]float64{1, 2, 3} || err != nil {
		t.Errorf("pos: %v, %v", at, err)
	}
	if href, ok := link.Attr("xlink:href"); href != "a" || !ok {
		t.Errorf("href: %q, %v", href, ok)
	}
}

func TestEncodings(t *testing.T) {
	for encoding, name := range map[string]string{"ISO-8859-1": "gr\xfcn", "windows-1252": "gr\xfcn", "UTF-8": "grün"} {
		text := `<?xml version="1.0" encoding="` + encoding + `"?>` + "\n" + strings.Repeat("<!-- "+name+" -->\n", 100) + `<a name="` + name + `"/>`
		root, err := xmltree.Parse(strings.NewReader(text))
		if err != nil || root.Text("name") != "grün" || root.Line != 102 {
			t.Errorf("%s: %+v, %v", encoding, root, err)
		}
	}
	_, err := xmltree.Parse(strings.NewReader(`<?xml version="1.0" encoding="Shift_JIS"?><a/>`))
	if err == nil || !strings.Contains(err.Error(), "Shift_JIS") {
		t.Errorf("an unknown encoding: %v", err)
	}
}

// The XML package quotes what it refuses, whatever its length and bytes are.
func TestSyntaxErrorsAreShortAndPrintable(t *testing.T) {
	for _, text := range []string{
		"<a" + strings.Repeat("\xd7", 10_000) + "b/>",
		"<a>\n<" + strings.Repeat("é", 10_000) + "\x01/></a>",
		"<a>\n&" + strings.Repeat("e", 10_000) + ";</a>",
		"<a>\n</\u0085b>",
		"<a b=\x00/>",
	} {
		_, err := xmltree.Parse(strings.NewReader(text))
		if err == nil {
			t.Errorf("%.40q is accepted", text)
			continue
		}
		s := err.Error()
		if len(s) > 300 || !strings.HasPrefix(s, "line ") || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%.40q: %q", text, s)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	if _, err := xmltree.Parse(strings.NewReader(`<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>`)); err == nil {
		t.Error("entities are accepted")
	}
	failing := errors.New("the disk is gone")
	if _, err := xmltree.Parse(io.MultiReader(strings.NewReader("<a>"), broken{failing})); !errors.Is(err, failing) {
		t.Errorf("the error of the reader: %v", err)
	}
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func TestRootName(t *testing.T) {
	for start, want := range map[string]string{
		"<!-- robot -->\n<mujoco model='a'":                            "",
		"<robot name='a'>":                                             "robot",
		"\xef\xbb\xbf<?xml version='1.0' encoding='latin1'?><COLLADA>": "COLLADA",
		"solid <robot>":                                                "",
		"":                                                             "",
	} {
		if got, ok := xmltree.RootName([]byte(start)); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", start, got, ok, want)
		}
	}
}
