package viser

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

// TLSFromFiles returns a configuration for [Options].TLS with the certificate and the
// private key of two PEM files. The first may also contain the certificates of those
// who signed it. The files are read again when they change, so a renewed certificate is
// used without a restart; while they cannot be read, the previous one is used. The error
// names the file that cannot be used.
func TLSFromFiles(certFile, keyFile string) (*tls.Config, error) {
	f := &certFiles{cert: certFile, key: keyFile}
	if _, err := f.load(); err != nil {
		return nil, err
	}
	return &tls.Config{GetCertificate: f.get}, nil
}

// certFiles are the files of a certificate, which another program may renew.
type certFiles struct {
	cert, key string

	mu      sync.Mutex
	loaded  *tls.Certificate
	stamp   string // of the files that it is from
	checked time.Time
}

// recheck is how often the files are looked at, at most.
const recheck = time.Second

func (f *certFiles) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.checked) < recheck {
		return f.loaded, nil
	}
	f.checked = time.Now()
	if f.stampOf() != f.stamp {
		if _, err := f.loadLocked(); err != nil && f.loaded == nil {
			return nil, err
		}
	}
	return f.loaded, nil
}

func (f *certFiles) load() (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.loadLocked()
}

func (f *certFiles) loadLocked() (*tls.Certificate, error) {
	stamp := f.stampOf()
	c, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, f.explain(err)
	}
	f.loaded, f.stamp, f.checked = &c, stamp, time.Now()
	return f.loaded, nil
}

// stampOf changes when a file does.
func (f *certFiles) stampOf() string {
	var b strings.Builder
	for _, name := range []string{f.cert, f.key} {
		if info, err := os.Stat(name); err == nil {
			fmt.Fprint(&b, info.ModTime().UnixNano(), " ", info.Size(), "\n")
		}
	}
	return b.String()
}

func (f *certFiles) explain(err error) error {
	if path := new(fs.PathError); errors.As(err, &path) {
		return fmt.Errorf("viser: TLS: %w", err) // has the name of the file
	}
	return fmt.Errorf("viser: TLS: certificate %s and key %s cannot be used; they must be PEM and belong together: %w", f.cert, f.key, err)
}

// TLSSelfSigned returns a configuration for [Options].TLS with a certificate that is
// signed by itself, and the certificate's SHA-256 fingerprint, as browsers show it.
// Browsers warn of such a certificate once; whoever compares the fingerprint knows that
// nobody is in between. The certificate is made on first use and kept in dir, in the
// file viser-tls.pem, which only this user can read; the default is the folder viser in
// [os.UserConfigDir]. It is valid for about a year, for localhost, this machine's name and
// its present addresses, and is replaced 30 days before it ends.
func TLSSelfSigned(dir string) (config *tls.Config, fingerprint string, err error) {
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return nil, "", fmt.Errorf("viser: TLS: no place for the certificate; name a folder: %w", err)
		}
		dir = filepath.Join(base, "viser")
	}
	file := filepath.Join(dir, "viser-tls.pem")
	c, err := loadSelfSigned(file)
	if err != nil || time.Until(c.Leaf.NotAfter) < 30*24*time.Hour {
		if err := writeSelfSigned(dir, file, errors.Is(err, fs.ErrNotExist)); err != nil {
			return nil, "", fmt.Errorf("viser: TLS: the certificate %s cannot be made: %w", file, err)
		}
		if c, err = loadSelfSigned(file); err != nil {
			return nil, "", fmt.Errorf("viser: TLS: the certificate %s cannot be used: %w", file, err)
		}
	}
	sum := sha256.Sum256(c.Certificate[0])
	return &tls.Config{Certificates: []tls.Certificate{c}}, strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":"), nil
}

// loadSelfSigned reads the file once: another program may replace it at any time.
func loadSelfSigned(file string) (tls.Certificate, error) {
	both, err := os.ReadFile(file)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(both, both)
}

// writeSelfSigned writes a new certificate with its key. Both are in one file, which
// appears as a whole, so that two programs that start at once use the same pair. A first
// one does not replace one that another program has made meanwhile.
func writeSelfSigned(dir, file string, first bool) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := selfSignedTemplate()
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	var both bytes.Buffer
	_ = pem.Encode(&both, &pem.Block{Type: "CERTIFICATE", Bytes: der}) // a buffer returns no error
	_ = pem.Encode(&both, &pem.Block{Type: "PRIVATE KEY", Bytes: private})
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "viser-tls-*") // with the rights 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(both.Bytes())
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if first {
		err := os.Link(f.Name(), file)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return nil
		} // some file systems have no links
	}
	return os.Rename(f.Name(), file)
}

func selfSignedTemplate() *x509.Certificate {
	now := time.Now()
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never fails
	t := &x509.Certificate{
		SerialNumber: serial.Add(serial, big.NewInt(1)), // browsers refuse two certificates with the same one
		Subject:      pkix.Name{CommonName: "viser"},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(0, 0, 397), // browsers accept no more
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	if name, err := os.Hostname(); err == nil && name != "localhost" {
		t.DNSNames = append(t.DNSNames, name)
	}
	for _, a := range httpd.InterfaceAddresses() {
		t.IPAddresses = append(t.IPAddresses, a.AsSlice())
	}
	return t
}
