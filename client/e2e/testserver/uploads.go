package main

import (
	"context"
	"crypto/sha256"
	"io"

	"github.com/viser-go/viser"
)

func init() { scenarios["uploads"] = uploadsScenario }

// uploadsScenario has upload buttons, and reports received files.
func uploadsScenario(s *stage) {
	g := s.GUI()
	files := g.AddUploadButton("Send files", &viser.UploadButtonOptions{Hint: "Any kind"})
	s.uploaded("any", files)
	small := g.AddUploadButton("Small texts", &viser.UploadButtonOptions{MimeType: "text/plain", MaxBytes: 1000, Color: viser.Teal})
	s.uploaded("small", small)
	g.AddUploadButton("Not now", &viser.UploadButtonOptions{Disabled: true})
	files.OnUploadBegin(func(_ context.Context, e viser.UploadEvent) {
		n, err := io.Copy(io.Discard, e.File.Reader())
		s.event("streamed %s %d %v", e.File.Name(), n, err)
	})
}

func (s *stage) uploaded(name string, b *viser.UploadButton) {
	b.OnUpload(func(_ context.Context, e viser.UploadEvent) {
		hash := sha256.New()
		n, err := io.Copy(hash, e.File.Reader())
		s.event("%s %s %d %x %v", name, e.File.Name(), n, hash.Sum(nil)[:4], err)
	})
}
