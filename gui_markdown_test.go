package viser_test

import (
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestMarkdownInlinesPicturesOfItsRootOnly(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(outside, pngFile(t), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "root")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"a.png": pngFile(t), "sub/b c.png": pngFile(t), "text.png": []byte("no picture"), "empty.png": nil,
		"vector.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"big.png":    append(pngFile(t), make([]byte, 8<<20)...),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.png")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(pngFile(t))

	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		m := s.GUI().AddMarkdown("", &viser.MarkdownOptions{ImageRoot: root.FS()})
		p.catchUp()
		sent := func(text string) string {
			m.SetContent(text)
			p.catchUp()
			if m.Content() != text {
				t.Errorf("the content of %q is %q", text, m.Content())
			}
			return last[*wire.GuiUpdateMessage](p).Updates[0].Value.(string)
		}
		for text, want := range map[string]string{
			"x ![alt](a.png) y":             "x ![alt](" + data + ") y",
			`![](./sub/../a.png "a title")`: `![](` + data + ` "a title")`,
			"![one](sub/b%20c.png)":         "![one](" + data + ")",
			"![a](a.png)![b](a.png) (c)":    "![a](" + data + ")![b](" + data + ") (c)",
			"![v](vector.svg)":              "![v](data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)) + ")",
		} {
			if got := sent(text); got != want {
				t.Errorf("%q became %.120q, want %.120q", text, got, want)
			}
		}
		for _, left := range []string{
			"![a](https://example.org/a.png)", "![a](" + data + ")", "![a](javascript:a.png)", "![a]( )", "[a](a.png)",
			"![a](../secret.png)", "![a](sub/../../secret.png)", "![a](/etc/passwd)", "![a](" + outside + ")", "![a](%2e%2e/secret.png)",
			"![a](..%2fsecret.png)", "![a](link.png)", "![a](sub)", "![a](none.png)", "![a](text.png)", "![a](empty.png)", "![a](big.png)", "![a](%zz)",
		} {
			if got := sent(left); got != left {
				t.Errorf("%q became %.120q", left, got)
			}
		}
		if !log.has("Markdown image not embedded") {
			t.Error("the missing picture is not logged")
		}
	})
}

func TestMarkdownBoundsItsPicturesTogether(t *testing.T) {
	big := append(pngFile(t), make([]byte, 7<<20)...)
	files := fstest.MapFS{"a.png": {Data: big, Mode: fs.ModePerm}}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		s.GUI().AddMarkdown(strings.Repeat("![a](a.png)", 5), &viser.MarkdownOptions{ImageRoot: files})
		p.catchUp()
		if text := last[*wire.GuiMarkdownMessage](p).Props.Markdown; strings.Count(text, "base64") != 2 || strings.Count(text, "a.png") != 3 {
			t.Errorf("%d of 5 pictures are in the text", strings.Count(text, "base64"))
		}
	})
}
