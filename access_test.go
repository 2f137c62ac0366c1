package viser_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// TestEveryInboundMessageIsClassified: whoever adds a message that pages send says what it is for a client that only
// looks.
func TestEveryInboundMessageIsClassified(t *testing.T) {
	for name, info := range wire.Infos {
		_, classified := viser.ForViewers[name]
		if inbound := info.Direction != wire.ServerToClient; inbound != classified {
			t.Errorf("%s: pages send it: %v; forViewers has it: %v", name, inbound, classified)
		}
	}
	for name := range viser.ForViewers {
		if _, ok := wire.Infos[name]; !ok {
			t.Errorf("forViewers has %s, which the schema has not", name)
		}
	}
}

// joinAs opens a page with a role, and sends its camera.
func joinAs(t *testing.T, s *viser.Server, role viser.Role, name string) (*page, *viser.Client) {
	t.Helper()
	return joinDialectAs(t, s, true, role, name)
}

// joinDialectAs is joinAs for our page, or for a plain client.
func joinDialectAs(t *testing.T, s *viser.Server, extended bool, role viser.Role, name string) (*page, *viser.Client) {
	t.Helper()
	tp, err := s.JoinTestPageAs(extended, role, name)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{TestPage: tp, t: t}
	for len(all[*wire.ReplayDoneMessage](p)) == 0 {
		p.read()
	}
	cam := someCamera
	p.Receive(&cam)
	synctest.Wait()
	var c *viser.Client
	for c = range s.Clients() {
	}
	return p, c
}

// TestViewersReachNothing sends one of each message that a viewer may not send: as a viewer, whose messages have no
// effect, and as an operator, whose messages have.
func TestViewersReachNothing(t *testing.T) {
	left := temporary(t)
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var got record[string]
		slider := s.GUI().AddSlider("slider", 0, nil)
		slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { got.add("slider") })
		s.GUI().AddButton("button", nil).OnHold(10, func(context.Context, viser.ButtonEvent) { got.add("button") })
		form := s.GUI().AddForm("form", nil)
		form.OnSubmit(func(context.Context, viser.FormEvent) { got.add("form") })
		s.GUI().AddCommand("command", nil).OnTrigger(func(context.Context, viser.CommandEvent) { got.add("command") })
		s.GUI().AddUploadButton("upload", nil).OnUpload(func(context.Context, viser.UploadEvent) { got.add("upload") })
		box := s.Scene().AddBox("/box", nil)
		box.OnClick(func(context.Context, viser.ClickEvent) { got.add("box") })
		box.OnDrag(viser.LeftButton, func(context.Context, viser.DragEvent) { got.add("drag") })
		gizmo := s.Scene().AddTransformControls("/gizmo", nil)
		gizmo.OnUpdate(func(context.Context, viser.TransformControlsEvent) { got.add("gizmo") })
		s.Scene().OnClick(func(context.Context, viser.SceneClickEvent) { got.add("scene") })
		s.Scene().OnSelect(func(context.Context, viser.SelectEvent) { got.add("selection") })

		viewer, client := joinAs(t, s, viser.RoleView, "alice")
		if client.Role() != viser.RoleView || client.Name() != "alice" {
			t.Errorf("%v %q", client.Role(), client.Name())
		}
		var moved record[float64]
		client.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { moved.add(e.FOV) })
		messages := operate(viewer)
		for _, m := range messages {
			viewer.Receive(m)
		}
		cam := someCamera
		cam.FOV = 0.5
		viewer.Receive(&cam)
		wantNotes(t, &got)
		if n := s.Stats().ViewerMessages; int(n) != len(messages) {
			t.Errorf("%d messages were dropped, not %d", n, len(messages))
		}
		if slider.Value() != 0 || gizmo.Position() != (viser.Vec3{}) || len(left()) != 0 {
			t.Errorf("the slider is at %v, the gizmo at %v, and %v was stored", slider.Value(), gizmo.Position(), left())
		}
		if fov := moved.got(); len(fov) != 1 || fov[0] != 0.5 {
			t.Errorf("the viewer's camera: %v", fov)
		}

		operator, _ := joinAs(t, s, viser.RoleOperate, "")
		for _, m := range operate(operator) {
			operator.Receive(m)
			synctest.Wait()
		}
		heard := slices.Compact(slices.Sorted(slices.Values(got.got())))
		want := []string{"box", "button", "command", "drag", "form", "gizmo", "scene", "selection", "slider", "upload"}
		if !slices.Equal(heard, want) || slider.Value() != 0.5 || gizmo.Position() == (viser.Vec3{}) {
			t.Errorf("from an operator %q were called, not %q; the slider is at %v", heard, want, slider.Value())
		}
		if n := s.Stats().ViewerMessages; int(n) != len(messages) {
			t.Errorf("messages of an operator were dropped: %d", n)
		}

		sent := map[string]bool{}
		for _, m := range messages {
			sent[m.Type()] = true
		}
		for name, allowed := range viser.ForViewers {
			if !allowed && !sent[name] {
				t.Errorf("%s is not tried", name)
			}
		}
	})
}

// operate has one of each message that only an operator may send.
func operate(p *page) []wire.Message {
	up, camera := last[*wire.GuiUploadButtonMessage](p).UUID, [3]float64{0, 0, 1}
	return []wire.Message{
		&wire.GuiUpdateMessage{UUID: last[*wire.GuiSliderMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: 0.5}}},
		&wire.GuiButtonHoldMessage{UUID: last[*wire.GuiButtonMessage](p).UUID, Frequency: 10},
		&wire.GuiFormDirtyMessage{UUID: last[*wire.GuiFormMessage](p).UUID},
		&wire.GuiFormSubmitMessage{UUID: last[*wire.GuiFormMessage](p).UUID},
		&wire.CommandTriggerMessage{UUID: last[*wire.RegisterCommandMessage](p).UUID},
		&wire.SelectionMessage{Names: []string{"/box"}, Owners: []string{""}},
		&wire.MeasureMessage{Kind: wire.MeasureKindPoint, Points: make([][3]float64, 1), Names: []string{"/box"}, Owners: []string{""}},
		&wire.ScenePointerMessage{
			EventType: wire.ScenePointerEventTypeClick, RayOrigin: &camera, RayDirection: &camera, ScreenPos: [][2]float64{{0.5, 0.5}},
		},
		&wire.SceneNodeClickMessage{Name: "/box"},
		dragged("start", "/box", 1), dragged("end", "/box", 2),
		&wire.TransformControlsDragStartMessage{Name: "/gizmo"},
		&wire.TransformControlsUpdateMessage{Name: "/gizmo", WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{1, 2, 3}},
		&wire.TransformControlsDragEndMessage{Name: "/gizmo"},
		&wire.FileTransferStartUpload{SourceComponentUUID: up, TransferUUID: "a", Filename: "a", PartCount: 1, SizeBytes: 1},
		&wire.FileTransferPart{SourceComponentUUID: &up, TransferUUID: "a", Content: []byte("x")},
		&wire.FileTransferCancelMessage{TransferUUID: "a"},
		&wire.ShareUrlRequest{}, &wire.ShareUrlDisconnect{},
	}
}

// TestRefusedValuesAreTakenBack: a plain client does not disable its controls for RoleView, and shows what its user has
// set. It is sent the current value, not for each message, and nobody else is.
func TestRefusedValuesAreTakenBack(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		slider := s.GUI().AddSlider("slider", 0.25, nil)
		s.GUI().AddText("text", "ours", nil)
		viewer, _ := joinDialectAs(t, s, false, viser.RoleView, "")
		operator, _ := joinDialectAs(t, s, false, viser.RoleOperate, "")
		other, _ := joinDialectAs(t, s, true, viser.RoleOperate, "")
		set := func(p *page, uuid string, v any) {
			p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: v}}})
		}
		for _, p := range []*page{viewer, operator, other} {
			p.catchUp()
		}
		id := last[*wire.GuiSliderMessage](viewer).UUID
		for i := range 100 { // of a second
			set(viewer, id, float64(i)/100)
			time.Sleep(10 * time.Millisecond)
		}
		set(viewer, last[*wire.GuiTextMessage](viewer).UUID, "theirs")
		slider.SetValue(0.75)
		viewer.reads(time.Second)
		got := all[*wire.GuiUpdateMessage](viewer)
		values := map[string]any{}
		for _, m := range got {
			values[m.UUID] = m.Updates[0].Value
		}
		if len(got) < 5 || len(got) > 15 {
			t.Errorf("the values were sent %d times", len(got))
		}
		want := map[string]any{id: 0.75, last[*wire.GuiTextMessage](viewer).UUID: "ours"}
		if !maps.Equal(values, want) {
			t.Errorf("the viewer ends with %v, not %v", values, want)
		}
		// So is a client whose value is none.
		operator.catchUp()
		n := len(all[*wire.GuiUpdateMessage](operator))
		set(operator, id, "no number")
		operator.reads(time.Second)
		if got := all[*wire.GuiUpdateMessage](operator)[n:]; len(got) != 1 || got[0].Updates[0].Value != 0.75 {
			t.Errorf("after an invalid value the client was sent %d values", len(got))
		}
		if other.catchUp(); len(all[*wire.GuiUpdateMessage](other)) != 1 {
			t.Error("another client was sent more than what the program has set")
		}
		set(viewer, id, 0.5)
		viewer.Leave()
		time.Sleep(time.Second)
	})
}

// TestNoRoleReachesNothing: a connection that was not checked may not even move its camera.
func TestNoRoleReachesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		if _, c := joinAs(t, s, 0, ""); c != nil {
			t.Error("it is connected")
		}
	})
}

// admitted dials and waits until the client is connected.
func admitted(t *testing.T, s *viser.Server, url string) (*websocket.Conn, *viser.Client) {
	t.Helper()
	clients := make(chan *viser.Client, 10)
	defer s.OnClientConnect(func(_ context.Context, c *viser.Client) { clients <- c })()
	seen := map[*viser.Client]bool{}
	for c := range s.Clients() {
		seen[c] = true
	}
	ws := dial(t, url)
	t.Cleanup(func() { ws.CloseNow() })
	cam := someCamera
	send(t, ws, &cam)
	for c := range clients {
		if !seen[c] {
			return ws, c
		}
	}
	return nil, nil
}

// nextFrame reads a frame.
func nextFrame(t *testing.T, ws *websocket.Conn) *wire.Window {
	t.Helper()
	_, b, err := ws.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w, err := pagewire.DecodeFrame(b, wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// closing reads until the end, and returns its code.
func closing(t *testing.T, ws *websocket.Conn) (websocket.StatusCode, string) {
	t.Helper()
	for {
		_, _, err := ws.Read(context.Background())
		var end websocket.CloseError
		if errors.As(err, &end) {
			return end.Code, end.Reason
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func shutOut(t *testing.T, url string) (status int) {
	t.Helper()
	ws, r, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
	if err == nil {
		ws.CloseNow()
		t.Errorf("%s was let in", url)
		return 0
	}
	return r.StatusCode
}

func TestRevokedTokenEndsItsConnections(t *testing.T) {
	s := start(t, viser.Options{Token: "an operator's"})
	alice := s.Tokens().Add(&viser.TokenOptions{Name: "alice"})
	again := s.Tokens().Add(&viser.TokenOptions{Name: "alice", Role: viser.RoleOperate})
	if u := alice.URL(); !strings.HasSuffix(u, "?token="+alice.Secret()) || u == s.URL() || !slices.Contains(alice.URLs(), u) {
		t.Errorf("its URL is %s", u)
	}
	mine, operator := admitted(t, s, s.URL())
	theirs, viewer := admitted(t, s, alice.URL())
	other, _ := admitted(t, s, again.URL())
	if viewer.Role() != viser.RoleView || viewer.Name() != "alice" || operator.Role() != viser.RoleOperate || operator.Name() != "" {
		t.Errorf("%v %q, %v %q", viewer.Role(), viewer.Name(), operator.Role(), operator.Name())
	}
	// From a callback, which runs on behalf of the client that is shut out.
	viewer.Camera().OnUpdate(func(context.Context, viser.CameraEvent) { alice.Revoke() })
	cam := someCamera
	send(t, theirs, &cam)
	if code, why := closing(t, theirs); code != 4005 || !strings.Contains(why, "revoked") {
		t.Errorf("closed with %d %q", code, why)
	}
	<-viewer.Context().Done()
	if status := shutOut(t, alice.URL()); status != http.StatusUnauthorized {
		t.Errorf("again: %d", status)
	}
	if n := s.Tokens().Revoke("alice"); n != 1 {
		t.Errorf("%d tokens were left to revoke", n)
	}
	if code, _ := closing(t, other); code != 4005 {
		t.Errorf("the other one: closed with %d", code)
	}
	if operator.Context().Err() != nil || len(slices.Collect(s.Tokens().All())) != 1 {
		t.Error("the operator's token or connection has ended")
	}
	for own := range s.Tokens().All() {
		own.Revoke()
	}
	if code, _ := closing(t, mine); code != 4005 || strings.Contains(s.URL(), "token") {
		t.Errorf("the last one: closed with %d; the URL is %s", code, s.URL())
	}
	if status := shutOut(t, s.URL()); status != http.StatusUnauthorized {
		t.Errorf("with no token left: %d", status)
	}
}

// The first token makes a server require tokens; its own URL still works.
func TestFirstTokenCloses(t *testing.T) {
	s := start(t, viser.Options{})
	open := s.URL()
	if status, _ := get(t, open); status != http.StatusOK {
		t.Fatal(status)
	}
	s.Tokens().Add(nil)
	if status, _ := get(t, open); status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", status)
	}
	if status, _ := get(t, s.URL()); status != http.StatusOK {
		t.Errorf("%s: %d", s.URL(), status)
	}
	free := start(t, viser.Options{NoToken: true})
	viewer := free.Tokens().Add(nil)
	_, anyone := admitted(t, free, free.URL())
	_, guest := admitted(t, free, viewer.URL())
	if strings.Contains(free.URL(), "token") || anyone.Role() != viser.RoleOperate || guest.Role() != viser.RoleView {
		t.Errorf("with NoToken: %s, %v and %v", free.URL(), anyone.Role(), guest.Role())
	}
}

func TestShortTokensAreReported(t *testing.T) {
	for addr, want := range map[string]int{"127.0.0.1:0": 0, "0.0.0.0:0": 2} {
		var log bytes.Buffer
		s := viser.NewTestServer(&viser.Options{Addr: addr, Token: "a", Logger: slog.New(slog.NewTextHandler(&log, nil))})
		s.Tokens().Add(&viser.TokenOptions{Name: "bob", Secret: "123456789"})
		s.Tokens().Add(nil)
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if n := strings.Count(log.String(), "a token is short"); n != want || strings.Contains(log.String(), "123456789") {
			t.Errorf("%s: %d warnings, want %d: %s", addr, n, want, log.String())
		}
	}
}

func TestMisusedTokens(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Token: "a"})
	defer s.Close()
	misused(t, "a role that is none", func() { s.Tokens().Add(&viser.TokenOptions{Role: 7}) })
	misused(t, "revoking all that have no name", func() { s.Tokens().Revoke("") })
	if !strings.Contains(s.Tokens().Add(nil).String(), "view") || len(slices.Collect(s.Tokens().All())) != 2 {
		t.Error("the server's own token was revoked")
	}
	misused(t, "a secret twice", func() { s.Tokens().Add(&viser.TokenOptions{Secret: "a"}) })
	token := s.Tokens().Add(&viser.TokenOptions{Name: "x"})
	if text := token.String(); strings.Contains(text, token.Secret()) || text != `view token "x"` || token.URL() != "" {
		t.Errorf("%s, %q", text, token.URL())
	}
}

func TestAuthorizeDecides(t *testing.T) {
	s := start(t, viser.Options{Addr: "0.0.0.0:0", Authorize: func(r *http.Request) (viser.Access, error) {
		switch name := r.URL.Query().Get("user"); name {
		case "carol":
			return viser.Access{Role: viser.RoleOperate, Name: name}, nil
		case "no role":
			return viser.Access{}, nil
		case "panics":
			panic("in the hook")
		default:
			return viser.Access{}, errors.New("not known here")
		}
	}})
	if strings.Contains(s.URL(), "token") {
		t.Errorf("a token was generated: %s", s.URL())
	}
	_, c := admitted(t, s, s.URL()+"?user=carol")
	if c.Role() != viser.RoleOperate || c.Name() != "carol" {
		t.Errorf("%v %q", c.Role(), c.Name())
	}
	for user, want := range map[string]int{"": 403, "no+role": 403, "panics": 500} {
		if status := shutOut(t, s.URL()+"?user="+user); status != want {
			t.Errorf("%q: %d, want %d", user, status, want)
		}
	}
	if status, _ := get(t, s.URL()+"?user=carol"); status != http.StatusOK {
		t.Errorf("the server does not go on: %d", status)
	}
}

// TestSessionOfAnotherUserIsNotContinued: a page that was loaded anew continues a lost session with a token of the same
// name and role only.
func TestSessionOfAnotherUserIsNotContinued(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		bob := s.Tokens().Add(&viser.TokenOptions{Name: "bob"})
		again := s.Tokens().Add(&viser.TokenOptions{Name: "bob"})
		boss := s.Tokens().Add(&viser.TokenOptions{Name: "bob", Role: viser.RoleOperate})
		carol := s.Tokens().Add(&viser.TokenOptions{Name: "carol"})
		p, first := joinWith(t, s, "", "", bob)
		if first.Role != "view" || first.Name != "bob" {
			t.Errorf("the page is told %+v", first)
		}
		cam := someCamera
		p.Receive(&cam)
		synctest.Wait()
		p.Lose()
		for _, other := range []*viser.Token{boss, carol} {
			q, got := joinWith(t, s, first.Resume, "", other)
			if got.ClientID == first.ClientID || got.Resumed || got.Role != other.Role().String() || got.Name != other.Name() {
				t.Errorf("with %v: %+v", other, got)
			}
			q.Leave()
		}
		if _, got := joinWith(t, s, first.Resume, "", again); got.ClientID != first.ClientID {
			t.Errorf("with another token of the same user: %+v", got)
		}
	})
}

// joinWith connects a page that has opened the link of a token.
func joinWith(t *testing.T, s *viser.Server, secret, cursor string, with *viser.Token) (*page, *wire.SessionMessage) {
	t.Helper()
	tp, err := s.ResumeTestPageWith(secret, cursor, with)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{TestPage: tp, t: t}
	p.read()
	return p, last[*wire.SessionMessage](p)
}

// TestTabKeepsItsAccess: the cookie is shared by all tabs. One whose connection was lost keeps its own access if the
// link of another token was opened in another tab meanwhile, until its own token ends.
func TestTabKeepsItsAccess(t *testing.T) {
	s := start(t, viser.Options{})
	alice := s.Tokens().Add(&viser.TokenOptions{Name: "alice", Role: viser.RoleOperate})
	guest := s.Tokens().Add(&viser.TokenOptions{Name: "guest"})
	resumed := make(chan *viser.Client, 1)
	s.OnClientResume(func(_ context.Context, c *viser.Client) { resumed <- c })
	connected := make(chan *viser.Client, 1)
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { connected <- c })
	connect := func(with *viser.Token, offer string) (*websocket.Conn, *wire.SessionMessage, string) {
		ws, _, err := websocket.Dial(t.Context(), with.URL(), &websocket.DialOptions{Subprotocols: []string{"viser-go.v1", "resume.v1" + offer}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ws.CloseNow() })
		ws.SetReadLimit(-1)
		w := nextFrame(t, ws)
		return ws, w.Messages[0].(*wire.SessionMessage), w.Cursor
	}
	ws, first, cursor := connect(alice, "")
	cam := someCamera
	send(t, ws, &cam)
	c := <-connected
	ws.CloseNow()
	offer := "." + first.Resume + "." + cursor
	ws, again, _ := connect(guest, offer)
	if <-resumed != c || !again.Resumed || c.Role() != viser.RoleOperate || c.Name() != "alice" {
		t.Fatalf("the page is told %+v; the client is %v %q", again, c.Role(), c.Name())
	}
	guest.Revoke()
	c.Scene().AddFrame("/mine", nil)
	nextFrame(t, ws) // the end of the other token is not that of the session
	alice.Revoke()
	if code, _ := closing(t, ws); code != 4005 {
		t.Errorf("closed with %d", code)
	}
}

// TestRevokedWhileSuspended: a client whose token is revoked does not stay until the end of the grace time.
func TestRevokedWhileSuspended(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		token := s.Tokens().Add(nil)
		tp, err := s.ResumeTestPageWith("", "", token)
		if err != nil {
			t.Fatal(err)
		}
		cam := someCamera
		tp.Receive(&cam)
		synctest.Wait()
		log := sessionLog(s)
		synctest.Wait()
		tp.Lose()
		token.Revoke()
		wantNotes(t, log, "connect 0", "suspend 0", "disconnect 0")
	})
}

// TestDisconnect: the page is closed with a code of its own and the reason, also by a callback of that client, and the
// session cannot be continued. Authorize is asked again when a page comes back.
func TestDisconnect(t *testing.T) {
	var asked, blocked atomic.Int64
	s := start(t, viser.Options{Authorize: func(r *http.Request) (viser.Access, error) {
		asked.Add(1)
		if blocked.Load() > 0 {
			return viser.Access{}, errors.New("blocked")
		}
		return viser.Access{Role: viser.RoleOperate, Name: "alice"}, nil
	}})
	suspended := make(chan *viser.Client, 1)
	s.OnClientSuspend(func(_ context.Context, c *viser.Client) { suspended <- c })
	ws, c := admitted(t, s, s.URL())
	c.Camera().OnUpdate(func(context.Context, viser.CameraEvent) { c.Disconnect("the demo is over") })
	cam := someCamera
	send(t, ws, &cam)
	if code, why := closing(t, ws); code != 4007 || why != "the demo is over" {
		t.Errorf("closed with %d %q", code, why)
	}
	<-c.Context().Done()
	c.Disconnect("again")
	select {
	case <-suspended:
		t.Error("it was suspended")
	default:
	}
	before := asked.Load()
	ws, c = admitted(t, s, s.URL())
	if n := asked.Load(); n != before+1 {
		t.Errorf("Authorize was asked %d times for the next connection", n-before)
	}
	blocked.Add(1)
	c.Disconnect(strings.Repeat("ä", 100))
	if code, why := closing(t, ws); code != 4007 || !strings.HasPrefix(why, "ää") {
		t.Errorf("closed with %d %q", code, why)
	}
	if status := shutOut(t, s.URL()); status != http.StatusForbidden {
		t.Errorf("again: %d", status)
	}
}

// TestDisconnectEndsSuspension: a client without a connection leaves at once, and its secret is worth nothing.
func TestDisconnectEndsSuspension(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		join := func(secret string) (*page, *wire.SessionMessage) {
			tp, err := s.ResumeTestPage(secret, "")
			if err != nil {
				t.Fatal(err)
			}
			p := &page{TestPage: tp, t: t}
			p.read()
			cam := someCamera
			p.Receive(&cam)
			synctest.Wait()
			return p, last[*wire.SessionMessage](p)
		}
		p, hello := join("")
		c, _ := s.Client(hello.ClientID)
		p.Lose()
		if synctest.Wait(); !c.Suspended() {
			t.Fatal("it is not suspended")
		}
		c.Disconnect("")
		if synctest.Wait(); c.Context().Err() == nil || c.Suspended() {
			t.Error("it has not left")
		}
		p, again := join(hello.Resume)
		if again.ClientID == hello.ClientID {
			t.Error("its session was continued")
		}
		// The connection is lost before it is closed: that does not suspend the client.
		c, _ = s.Client(again.ClientID)
		c.Disconnect("")
		p.Lose()
		if synctest.Wait(); c.Context().Err() == nil {
			t.Error("it was suspended after Disconnect")
		}
	})
}
