package main

import (
	"fmt"
	"time"

	"github.com/viser-go/viser"
)

// notifications has a notification, and a command for each of its properties.
func (s *stage) notifications() {
	var note *viser.Notification
	s.forClient("notify", func(c *viser.Client, title string) (string, error) {
		note = c.Notify(title, "the body", &viser.NotificationOptions{Loading: true, NotClosable: true, Color: viser.Teal})
		return "", nil
	})
	s.do("title", func(v string) { note.SetTitle(v) })
	s.do("body", func(v string) { note.SetBody(v) })
	s.do("loading", func(v string) { note.SetLoading(v == "true") })
	s.do("close-button", func(v string) { note.SetClosable(v == "true") })
	s.do("note-color", func(v string) {
		if v == "rgb" {
			note.SetColor(viser.RGB{250, 0, 250})
			return
		}
		note.SetColor(viser.ColorName(v))
	})
	s.do("auto-close", func(v string) {
		d, _ := time.ParseDuration(v)
		note.SetAutoClose(d)
	})
	s.commands["note"] = func(string) (string, error) {
		return fmt.Sprintf("%q %q loading=%t close=%t auto=%v %v",
			note.Title(), note.Body(), note.Loading(), note.Closable(), note.AutoClose(), note.Color()), nil
	}
	s.do("remove-note", func(string) { note.Remove() })
}
