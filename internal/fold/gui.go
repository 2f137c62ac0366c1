package fold

import (
	"errors"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// controlPanel is the panel that there always is.
const controlPanel = "viser-control-panel"

// maxNotices is how many notifications a page shows.
const maxNotices = 60

// An element is one of the GUI, a modal, a panel, a command, or a notification.
type element struct {
	token uint64
	seq   uint64
	content
}

var errNoUUID = errors.New("it has no uuid")

// create adds an element to a set or replaces it.
func (s *State) create(set map[string]*element, uuid []byte, b *base) {
	s.change()
	e := &element{token: s.token, content: content{base: b}}
	if old := set[string(uuid)]; old != nil {
		e.seq = old.seq
	} else {
		e.seq = s.next()
	}
	set[string(uuid)] = e
}

// element returns one to be changed, or nil.
func (s *State) element(set map[string]*element, uuid []byte) *element {
	e := set[string(uuid)]
	if e == nil {
		return nil
	}
	s.change()
	if e.token != s.token {
		e = &element{token: s.token, seq: e.seq, content: e.content}
		set[string(uuid)] = e
	}
	return e
}

func (s *State) createElement(m wire.RawMessage) error {
	h := headingOf(m)
	switch {
	case h.err != nil:
		return bad(m, h.err)
	case h.uuid == nil:
		return bad(m, errNoUUID)
	case m.Type == modalType:
	case !h.props || m.Type != panelType && h.container == nil:
		return bad(m, errMalformed)
	}
	s.create(s.elements, h.uuid, newBase(m))
	if m.Type != panelType {
		s.forgetPanel(string(h.uuid)) // of a panel that it replaces
	}
	return nil
}

const (
	modalType = "GuiModalMessage"
	panelType = "GuiPanelMessage"
)

func (s *State) removeElement(m wire.RawMessage) error {
	t, err := about(m, "uuid", "")
	if err != nil {
		return err
	}
	s.change()
	delete(s.elements, string(t.name))
	s.forgetPanel(string(t.name))
	return nil
}

func (s *State) resetGUI(wire.RawMessage) error {
	s.change()
	for uuid := range s.elements {
		s.forgetPanel(uuid)
	}
	clear(s.elements)
	return nil
}

func (s *State) updateElement(m wire.RawMessage) error {
	t, err := about(m, "uuid", "updates")
	switch {
	case err != nil:
		return err
	case !isMap(t.rest.value()):
		return bad(m, errMalformed)
	}
	e := s.element(s.elements, t.name)
	if e == nil {
		return nil
	}
	if err := e.check(pairsAt(m.B, t.rest.from)); err != nil {
		return bad(m, err)
	}
	e.write(s.token)
	p := pairsAt(m.B, t.rest.from)
	for p.next() {
		v := part(m, p.from, p.to).keep()
		switch {
		case string(p.key) == "value":
			e.value = &v
		case e.base.Type != modalType:
			e.set(p.key, v)
		}
	}
	return nil
}

func (s *State) patchElement(m wire.RawMessage) error {
	t, err := about(m, "uuid", "patches")
	if err != nil {
		return err
	}
	patches, err := patchesOf(m, t)
	if err != nil {
		return bad(m, err)
	}
	if e := s.element(s.elements, t.name); e != nil {
		e.patch(patches, s.token)
	}
	return nil
}

func (s *State) createCommand(m wire.RawMessage) error {
	h := headingOf(m)
	switch {
	case h.err != nil:
		return bad(m, h.err)
	case h.uuid == nil:
		return bad(m, errNoUUID)
	case !h.props:
		return bad(m, errMalformed)
	}
	s.create(s.commands, h.uuid, newBase(m))
	return nil
}

func (s *State) updateCommand(m wire.RawMessage) error {
	t, err := about(m, "uuid", "updates")
	switch {
	case err != nil:
		return err
	case !isMap(t.rest.value()):
		return bad(m, errMalformed)
	}
	e := s.element(s.commands, t.name)
	if e == nil {
		return nil
	}
	if err := e.update(m, t.rest.from, s.token); err != nil {
		return bad(m, err)
	}
	return nil
}

func (s *State) removeCommand(m wire.RawMessage) error { return s.removeFrom(s.commands, m) }

func (s *State) removeNotice(m wire.RawMessage) error { return s.removeFrom(s.notices, m) }

func (s *State) removeFrom(set map[string]*element, m wire.RawMessage) error {
	t, err := about(m, "uuid", "")
	if err != nil {
		return err
	}
	s.change()
	delete(set, string(t.name))
	return nil
}

func (s *State) createNotice(m wire.RawMessage) error {
	h := headingOf(m)
	switch {
	case h.err != nil:
		return bad(m, h.err)
	case h.uuid == nil:
		return bad(m, errNoUUID)
	case !h.props:
		return bad(m, errMalformed)
	}
	if s.notices[string(h.uuid)] == nil && len(s.notices) >= maxNotices {
		s.removeOldestNotice()
	}
	s.create(s.notices, h.uuid, newBase(m))
	return nil
}

func (s *State) removeOldestNotice() {
	oldest := ""
	for uuid, e := range s.notices {
		if oldest == "" || e.seq < s.notices[oldest].seq {
			oldest = uuid
		}
	}
	delete(s.notices, oldest)
}

func (s *State) updateNotice(m wire.RawMessage) error {
	t, err := about(m, "uuid", "props")
	switch {
	case err != nil:
		return err
	case !isMap(t.rest.value()):
		return bad(m, errMalformed)
	}
	if s.notices[string(t.name)] != nil {
		s.create(s.notices, t.name, noticeBase(m, t))
	}
	return nil
}

// noticeBase is a message that shows the notification with the properties of an update.
func noticeBase(m wire.RawMessage, t target) *base {
	const typ = "NotificationShowMessage"
	out := builder{from: m, B: msgp.AppendMapHeader(nil, 3)}
	out.B = msgp.AppendString(out.B, "uuid")
	out.B = msgp.AppendStringFromBytes(out.B, t.name)
	out.copy(t.rest.keyAt, t.rest.to)
	out.B = msgp.AppendString(out.B, "type")
	out.B = msgp.AppendString(out.B, typ)
	return &base{wire.RawMessage{Type: typ, B: out.B, Refs: kept(out.Refs)}}
}
