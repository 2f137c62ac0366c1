package acme_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/acme"
)

// An authority is an ACME server (RFC 8555) with one challenge, tls-alpn-01 (RFC 8737), which it checks as a real one
// does, but at one address for all hosts. It does not check signatures.
type authority struct {
	*httptest.Server
	t       *testing.T
	address string // of the server whose hosts are certified
	key     *ecdsa.PrivateKey
	root    *x509.Certificate

	mu     sync.Mutex
	orders []*order
	prints map[string]string // of the accounts' keys, by URL
	asked  int               // requests so far
	last   string            // the thumbprint of the account that signed last
}

type order struct {
	Status         string       `json:"status"`
	Identifiers    []identifier `json:"identifiers"`
	Authorizations []string     `json:"authorizations"`
	Finalize       string       `json:"finalize"`
	Certificate    string       `json:"certificate,omitempty"`
	url            string
	chain          []byte
	problem        string
}

type identifier struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: time.Now().AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{t: t, key: key, root: root, prints: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /directory", a.directory)
	mux.HandleFunc("HEAD /nonce", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /account", a.account)
	mux.HandleFunc("POST /orders", a.newOrder)
	mux.HandleFunc("POST /order/{n}", a.of(func(w http.ResponseWriter, o *order, _ []byte) { a.send(w, 200, o) }))
	mux.HandleFunc("POST /authz/{n}", a.of(a.authorization))
	mux.HandleFunc("POST /challenge/{n}", a.of(a.challenge))
	mux.HandleFunc("POST /finalize/{n}", a.of(a.finalize))
	mux.HandleFunc("POST /cert/{n}", a.of(func(w http.ResponseWriter, o *order, _ []byte) { _, _ = w.Write(o.chain) }))
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Replay-Nonce", rand.Text())
		a.mu.Lock()
		defer a.mu.Unlock()
		a.asked++
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) requests() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return pool
}

func (a *authority) send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		a.t.Error(err)
	}
}

// read returns the payload of a signed request, and finds the account's key.
func (a *authority) read(r *http.Request) []byte {
	var jws struct{ Protected, Payload string }
	if err := json.NewDecoder(r.Body).Decode(&jws); err != nil {
		a.t.Error(err)
	}
	header, err := base64.RawURLEncoding.DecodeString(jws.Protected)
	if err != nil {
		a.t.Error(err)
	}
	var signed struct {
		KID string
		JWK struct{ X, Y string }
	}
	if err := json.Unmarshal(header, &signed); err != nil {
		a.t.Error(err)
	}
	if a.last = a.prints[signed.KID]; signed.JWK.X != "" {
		canonical := fmt.Sprintf(`{"crv":"P-256","kty":"EC","x":%q,"y":%q}`, signed.JWK.X, signed.JWK.Y)
		sum := sha256.Sum256([]byte(canonical))
		a.last = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	payload, err := base64.RawURLEncoding.DecodeString(jws.Payload)
	if err != nil {
		a.t.Error(err)
	}
	return payload
}

func (a *authority) directory(w http.ResponseWriter, _ *http.Request) {
	a.send(w, 200, map[string]string{"newNonce": a.URL + "/nonce", "newAccount": a.URL + "/account", "newOrder": a.URL + "/orders"})
}

func (a *authority) account(w http.ResponseWriter, r *http.Request) {
	a.read(r)
	url := fmt.Sprintf("%s/account/%d", a.URL, len(a.prints))
	a.prints[url] = a.last
	w.Header().Set("Location", url)
	a.send(w, 201, map[string]string{"status": "valid"})
}

func (a *authority) newOrder(w http.ResponseWriter, r *http.Request) {
	n := len(a.orders)
	o := &order{
		Status: "pending", url: fmt.Sprintf("%s/order/%d", a.URL, n),
		Authorizations: []string{fmt.Sprintf("%s/authz/%d", a.URL, n)}, Finalize: fmt.Sprintf("%s/finalize/%d", a.URL, n),
	}
	if err := json.Unmarshal(a.read(r), o); err != nil {
		a.t.Error(err)
	}
	a.orders = append(a.orders, o)
	w.Header().Set("Location", o.url)
	a.send(w, 201, o)
}

func (a *authority) of(f func(w http.ResponseWriter, o *order, payload []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscan(r.PathValue("n"), &n); err != nil || n >= len(a.orders) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Location", a.orders[n].url)
		f(w, a.orders[n], a.read(r))
	}
}

const challengeToken = "a-token-of-the-authority"

func (a *authority) authorization(w http.ResponseWriter, o *order, _ []byte) {
	status := map[string]string{"pending": "pending", "invalid": "invalid"}[o.Status]
	if status == "" {
		status = "valid"
	}
	var n int
	fmt.Sscanf(o.url, a.URL+"/order/%d", &n)
	a.send(w, 200, map[string]any{
		"status": status, "identifier": o.Identifiers[0],
		"challenges": []any{map[string]any{
			"type": "tls-alpn-01", "url": fmt.Sprintf("%s/challenge/%d", a.URL, n), "token": challengeToken, "status": status,
			"error": map[string]string{"type": "urn:ietf:params:acme:error:unauthorized", "detail": o.problem},
		}},
	})
}

// challenge connects to the host, as a real authority does at its port 443.
func (a *authority) challenge(w http.ResponseWriter, o *order, _ []byte) {
	o.Status = "ready"
	if err := a.check(o.Identifiers[0].Value); err != nil {
		o.Status, o.problem = "invalid", err.Error()
	}
	a.send(w, 200, map[string]string{"type": "tls-alpn-01", "url": o.url, "token": challengeToken, "status": "processing"})
}

// acmeIdentifier is the extension of a certificate that has the response to a challenge.
var acmeIdentifier = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}

func (a *authority) check(host string) error {
	d := tls.Dialer{Config: &tls.Config{ServerName: host, NextProtos: []string{acme.ALPNProto}, InsecureSkipVerify: true}}
	c, err := d.DialContext(context.Background(), "tcp", a.address)
	if err != nil {
		return err
	}
	defer c.Close()
	state := c.(*tls.Conn).ConnectionState()
	if state.NegotiatedProtocol != acme.ALPNProto {
		return fmt.Errorf("the server selects %q", state.NegotiatedProtocol)
	}
	sum := sha256.Sum256([]byte(challengeToken + "." + a.last))
	want, err := asn1.Marshal(sum[:])
	if err != nil {
		return err
	}
	leaf := state.PeerCertificates[0]
	for _, e := range leaf.Extensions {
		if e.Id.Equal(acmeIdentifier) && e.Critical && bytes.Equal(e.Value, want) {
			return leaf.VerifyHostname(host)
		}
	}
	return fmt.Errorf("the certificate of %s does not have the response to the challenge", host)
}

func (a *authority) finalize(w http.ResponseWriter, o *order, payload []byte) {
	var request struct{ CSR string }
	if err := json.Unmarshal(payload, &request); err != nil {
		a.t.Error(err)
	}
	der, err := base64.RawURLEncoding.DecodeString(request.CSR)
	if err != nil {
		a.t.Error(err)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil || o.Status != "ready" {
		http.Error(w, fmt.Sprint(err, o.Status), http.StatusForbidden)
		return
	}
	leaf, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(int64(len(a.orders) + 1)), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 90),
		DNSNames: csr.DNSNames, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.root, csr.PublicKey, a.key)
	if err != nil {
		a.t.Error(err)
	}
	o.chain = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf})
	var n int
	fmt.Sscanf(o.url, a.URL+"/order/%d", &n)
	o.Status, o.Certificate = "valid", fmt.Sprintf("%s/cert/%d", a.URL, n)
	a.send(w, 200, o)
}
