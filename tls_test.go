package viser_test

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
)

func TestTLS(t *testing.T) {
	source := httptest.NewTLSServer(http.NotFoundHandler()) // has a certificate for 127.0.0.1
	defer source.Close()
	config := &tls.Config{Certificates: source.TLS.Certificates, NextProtos: []string{"h2", "http/1.1"}}
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Token: "secret", TLS: config})
	defer s.Close()
	if err := s.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	if urls := s.URLs(); !strings.HasPrefix(s.URL(), "https://127.0.0.1:") || urls[len(urls)-1] != s.URL() {
		t.Fatalf("URL %q, URLs %q: want https", s.URL(), urls)
	}
	client := source.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer client.CloseIdleConnections()
	page, err := http.NewRequest(http.MethodGet, s.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	page.Header.Set("Accept", "text/html")
	r, err := client.Do(page)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.TLS == nil {
		t.Error("the response is not encrypted")
	}
	if p := offeredProtocol(t, s); p != "http/1.1" {
		t.Errorf("of h2 and http/1.1 the server selects %q; websockets need the latter", p)
	}
	if len(r.Cookies()) == 0 {
		t.Error("no cookie for the token")
	}
	for _, c := range r.Cookies() {
		if !c.Secure {
			t.Errorf("cookie %s is not Secure", c.Name)
		}
	}
	u, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	r, err = client.Get("http://" + u.Host)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if to := r.Header.Get("Location"); r.StatusCode != http.StatusTemporaryRedirect || to != "https://"+u.Host+"/" {
		t.Errorf("plain http: %s to %q; want a redirect to https", r.Status, to)
	}
}

// offeredProtocol returns what the server selects for a client that knows HTTP/2.
func offeredProtocol(t *testing.T, s *viser.Server) string {
	t.Helper()
	c, err := tls.Dial("tcp", s.Addr().String(), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.ConnectionState().NegotiatedProtocol
}

// serialOf returns the serial number of the certificate that the server shows.
func serialOf(t *testing.T, config *tls.Config) string {
	t.Helper()
	c := &config.Certificates
	if config.GetCertificate != nil {
		one, err := config.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		c = &[]tls.Certificate{*one}
	}
	return (*c)[0].Leaf.SerialNumber.String()
}

func TestSelfSignedCertificateIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	config, fingerprint, err := viser.TLSSelfSigned(dir)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(config.Certificates[0].Certificate[0])
	if got := strings.ReplaceAll(fingerprint, ":", " "); got != fmt.Sprintf("% X", sum) {
		t.Errorf("fingerprint %s", fingerprint)
	}
	leaf := config.Certificates[0].Leaf
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		if err := leaf.VerifyHostname(name); err != nil {
			t.Error(err)
		}
	}
	file := filepath.Join(dir, "viser-tls.pem")
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v; want a file that only this user can read", info.Mode(), err)
	}
	if _, again, err := viser.TLSSelfSigned(dir); err != nil || again != fingerprint {
		t.Errorf("%v; the second use made another certificate", err)
	}
	if err := os.WriteFile(file, []byte("half a cert"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, again, err := viser.TLSSelfSigned(dir); err != nil || again == fingerprint {
		t.Errorf("%v; a damaged certificate must be replaced", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := viser.TLSSelfSigned(filepath.Join(dir, "file")); err == nil || !strings.Contains(err.Error(), "viser-tls.pem") {
		t.Errorf("%v; want an error that names the file", err)
	}
}

func TestSelfSignedCertificateOfProgramsThatStartAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	var prints [8]string
	for i := range prints {
		wg.Go(func() {
			var err error
			if _, prints[i], err = viser.TLSSelfSigned(dir); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, p := range prints {
		if p != prints[0] {
			t.Error("they use different certificates")
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
}

func TestRenewedCertificateIsUsed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pair := func() string {
			dir := t.TempDir()
			if _, _, err := viser.TLSSelfSigned(dir); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(dir, "viser-tls.pem")
		}
		file, renewed := pair(), pair()
		config, err := viser.TLSFromFiles(file, file)
		if err != nil {
			t.Fatal(err)
		}
		first := serialOf(t, config)
		if err := os.WriteFile(file, []byte("it is being written"), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second) // of the bubble's clock
		if got := serialOf(t, config); got != first {
			t.Error("while the files cannot be used, the previous certificate counts")
		}
		if err := os.Rename(renewed, file); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		if got := serialOf(t, config); got == first {
			t.Error("the renewed certificate is not used")
		}
	})
}

func TestUnusableCertificateFilesAreNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "no.pem")
	if _, err := viser.TLSFromFiles(file, file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("%v; want an error that names %s", err, file)
	}
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := viser.TLSFromFiles(file, file); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "PEM") {
		t.Errorf("%v; want an error that names %s and what it must be", err, file)
	}
}

func TestTLSWithoutCertificate(t *testing.T) {
	misused(t, "a TLS configuration without a certificate", func() { viser.NewTestServer(&viser.Options{TLS: &tls.Config{}}) })
}
