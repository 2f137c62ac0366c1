package viser_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// auditBook keeps audit records as "message key=value …", without uuids.
type auditBook struct {
	mu    sync.Mutex
	lines []string
	each  func() // called for each record, by the handler
}

func (b *auditBook) Enabled(context.Context, slog.Level) bool { return true }
func (b *auditBook) WithAttrs([]slog.Attr) slog.Handler       { return b }
func (b *auditBook) WithGroup(string) slog.Handler            { return b }

func (b *auditBook) Handle(_ context.Context, r slog.Record) error {
	line := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "uuid" {
			line += fmt.Sprintf(" %s=%v", a.Key, a.Value)
		}
		return true
	})
	b.mu.Lock()
	b.lines = append(b.lines, line)
	b.mu.Unlock()
	if b.each != nil {
		b.each()
	}
	return nil
}

func (b *auditBook) got() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.lines)
}

// TestAuditSaysWhoDidWhat: the handler calls the server back with each record, so no lock is held while it runs.
func TestAuditSaysWhoDidWhat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := new(auditBook)
		s := viser.NewTestServer(&viser.Options{Audit: slog.New(book), Logger: slog.New(slog.DiscardHandler)})
		defer s.Close()
		slider := s.GUI().AddSlider("Speed", 0, nil)
		book.each = func() { slider.SetLabel(slider.Label()); s.Stats() }
		s.GUI().AddText("Password", "", nil)
		s.GUI().AddButton("Go", nil).OnHold(10, func(context.Context, viser.ButtonEvent) {})
		s.GUI().AddForm("Form", nil)
		s.GUI().AddCommand("Reset", nil)
		s.GUI().AddUploadButton("Load", nil)
		s.GUI().AddTable([]string{"a"}, [][]any{{1}, {2}}, nil)
		s.Scene().AddBox("/box", nil).OnDrag(viser.LeftButton, func(context.Context, viser.DragEvent) {})
		s.Scene().AddTransformControls("/gizmo", nil)

		p, _ := joinAs(t, s, viser.RoleOperate, "alice")
		for _, m := range operate(p) {
			p.Receive(m)
		}
		p.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiTextMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: "hünter2"}}})
		p.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiButtonMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: true}}})
		p.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiTableMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: 1.0}}})
		v, guest := joinAs(t, s, viser.RoleView, "bob")
		v.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiSliderMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: 0.9}}})
		guest.SendFileDownload("shot.png", []byte("123"), nil)
		v.Leave()
		synctest.Wait()
		const alice, bob = " client=0 name=alice role=operate address=", " client=1 name=bob role=view address="
		want := []string{
			"client joined" + alice,
			"value set" + alice + " element=Slider label=Speed value=0.5",
			"button held" + alice + " element=Button label=Go",
			"form submitted" + alice + " element=Form label=Form",
			"command chosen" + alice + " element=Command label=Reset",
			"nodes selected" + alice + " nodes=1",
			"measured" + alice + " kind=point",
			"scene clicked" + alice + " event=click modifier=",
			"node clicked" + alice + " node=/box modifier=",
			"node dragged" + alice + " node=/box button=left modifier=",
			"gizmo moved" + alice + " node=/gizmo position=[1 2 3]",
			"upload started" + alice + " file=a bytes=1 element=UploadButton label=Load",
			"upload received" + alice + " file=a bytes=1",
			"value set" + alice + " element=Text label=Password characters=7",
			"button clicked" + alice + " element=Button label=Go",
			"row clicked" + alice + " element=Table label= row=1",
			"client joined" + bob,
			"action refused" + bob + " message=GuiUpdateMessage",
			"download sent" + bob + " file=shot.png bytes=3",
			"client left" + bob + " reason=the page was closed",
		}
		if got := book.got(); !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// TestAuditSaysWhyAClientLeft: four clients lose their connections and end in different ways.
func TestAuditSaysWhyAClientLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := new(auditBook)
		s := viser.NewTestServer(&viser.Options{Audit: slog.New(book), Logger: slog.New(slog.DiscardHandler)})
		defer s.Close()
		token := s.Tokens().Add(&viser.TokenOptions{Name: "bob"})
		lose := func(p *page) {
			cam := someCamera
			p.Receive(&cam)
			synctest.Wait()
			p.Lose()
		}
		revoked, _ := joinWith(t, s, "", "", token)
		lose(revoked)
		token.Revoke()
		synctest.Wait()
		p, c := openSession(t, s)
		lose(p)
		c.Disconnect("enough")
		synctest.Wait()
		p, _ = openSession(t, s)
		lose(p)
		time.Sleep(31 * time.Second)
		p, _ = openSession(t, s)
		lose(p)
		s.Close()
		var got []string
		for _, line := range book.got() {
			if strings.HasPrefix(line, "client left") {
				_, reason, _ := strings.Cut(line, "reason=")
				got = append(got, reason)
			}
		}
		want := []string{"the access was revoked", "disconnected by the program", "it did not come back", "the server closed"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// TestAuditMergesADrag: a value that changes all the time makes one record per second, and its last value is written
// when the server closes.
func TestAuditMergesADrag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := new(auditBook)
		s := viser.NewTestServer(&viser.Options{Audit: slog.New(book)})
		s.GUI().AddSlider("Speed", 0, nil)
		p, _ := joinAs(t, s, viser.RoleOperate, "")
		uuid := last[*wire.GuiSliderMessage](p).UUID
		for i := range 150 { // of 21 ms, so that no value is set just when a record is written
			p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: float64(i+1) / 200}}})
			<-time.After(21 * time.Millisecond)
		}
		p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: 0.99}}})
		s.Close()
		set := slices.DeleteFunc(book.got(), func(line string) bool { return !strings.HasPrefix(line, "value set") })
		if len(set) != 5 || !strings.Contains(set[4], "value=0.99") {
			t.Errorf("%d records: %s", len(set), strings.Join(set, "\n"))
		}
	})
}

// TestAuditOfTokens: who may come in is part of the trail, each token by itself, and no secret.
func TestAuditOfTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := new(auditBook)
		s := viser.NewTestServer(&viser.Options{Audit: slog.New(book), Token: "own-secret"})
		synctest.Wait()
		book.each = func() { _ = slices.Collect(s.Tokens().All()) }
		soon := time.Now().Add(time.Minute)
		s.Tokens().Add(&viser.TokenOptions{Name: "guest", Expires: soon, Secret: "guest-secret"})
		alice := s.Tokens().Add(&viser.TokenOptions{Name: "alice", Role: viser.RoleOperate, Secret: "alice-secret"})
		for i := range 300 { // more than an interval of the trail keeps apart
			s.Tokens().Add(&viser.TokenOptions{Name: fmt.Sprint("visitor ", i)})
		}
		alice.Revoke()
		alice.Revoke()
		time.Sleep(2 * time.Minute)
		s.Close()
		alice.Revoke()
		got := book.got()
		want := []string{
			"token added name= role=operate",
			fmt.Sprintf("token added name=guest role=view expires=%v", soon.Round(0)),
			"token added name=alice role=operate",
		}
		for i := range 300 {
			want = append(want, fmt.Sprintf("token added name=visitor %d role=view", i))
		}
		want = append(want, "token revoked name=alice role=operate", "token expired name=guest role=view")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if text := strings.Join(got, "\n"); strings.Contains(text, "secret") {
			t.Error("a secret is written")
		}
	})
}

// TestAuditOfConnections is over real requests: what the checks refuse, the use of a token, and a connection.
func TestAuditOfConnections(t *testing.T) {
	book := new(auditBook)
	s := viser.NewTestServer(&viser.Options{Audit: slog.New(book), Logger: slog.New(slog.DiscardHandler), Token: "secret"})
	defer s.Close()
	ask := func(change func(r *http.Request)) {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:8080/", nil)
		r.Header.Set("Accept", "text/html")
		r.RemoteAddr = "192.0.2.7:1234"
		change(r)
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	ask(func(r *http.Request) { r.Host = "evil.example"; r.RemoteAddr = "192.0.2.1:1" })
	ask(func(r *http.Request) { r.URL.RawQuery = "token=wrong" })
	ask(func(r *http.Request) { r.URL.RawQuery = "token=secret" })
	s.Close()
	got := strings.Join(book.got(), "\n")
	for _, want := range []string{
		`request refused address=192.0.2.1 status=403 reason=host "evil.example" is not`,
		"request refused address=192.0.2.7 status=401 reason=that token is not valid",
		"token used address=192.0.2.7 name= role=operate",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	for _, secret := range []string{"wrong", "=secret"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is written:\n%s", secret, got)
		}
	}
}

// TestAuditOfTokensInWebsocketURLs: a page of another server has the token in the address of its websocket. One record
// for each connection, none for what it fetches, and none for tokens that are not valid.
func TestAuditOfTokensInWebsocketURLs(t *testing.T) {
	book := new(auditBook)
	s := viser.NewTestServer(&viser.Options{Audit: slog.New(book), Logger: slog.New(slog.DiscardHandler), Token: "secret"})
	defer s.Close()
	ask := func(method, target, upgrade string) {
		r := httptest.NewRequest(method, "http://localhost:8080"+target, nil)
		r.Header.Set("Connection", "Upgrade")
		r.Header.Set("Upgrade", upgrade)
		r.RemoteAddr = "192.0.2.7:1234"
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	ask(http.MethodGet, "/?token=wrong", "websocket")
	ask(http.MethodGet, "/?token=secret", "websocket")
	ask(http.MethodGet, "/?token=secret", "websocket")
	ask(http.MethodGet, "/blob/0123?token=secret", "")
	ask(http.MethodPost, "/connection-check?token=secret", "")
	s.Close()
	used := 0
	for _, line := range book.got() {
		if line == "token used address=192.0.2.7 name= role=operate" {
			used++
		}
		if strings.Contains(line, "secret") {
			t.Errorf("the token is written: %s", line)
		}
	}
	if used != 2 {
		t.Errorf("%d records for two connections:\n%s", used, strings.Join(book.got(), "\n"))
	}
}

// TestStuckAuditHarmsNobody: a handler that never returns delays neither clients nor, by more than a second, Close.
func TestStuckAuditHarmsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		book := &auditBook{each: func() { <-release }}
		s := viser.NewTestServer(&viser.Options{Audit: slog.New(book)})
		slider := s.GUI().AddSlider("Speed", 0, nil)
		p, _ := joinAs(t, s, viser.RoleOperate, "")
		p.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiSliderMessage](p).UUID, Updates: wire.Updates{{Key: "value", Value: 0.5}}})
		if slider.Value() != 0.5 {
			t.Errorf("the slider is at %v", slider.Value())
		}
		began := time.Now()
		s.Close()
		if waited := time.Since(began); waited > 3*time.Second {
			t.Errorf("Close took %v", waited)
		}
		close(release)
		synctest.Wait()
	})
}
