// Package acme gets certificates for a viser server from an ACME authority, such as Let's Encrypt, and renews them:
//
//	config, err := acme.TLS(&acme.Options{Hosts: []string{"viewer.example"}})
//	if err != nil {
//		log.Fatal(err)
//	}
//	server := viser.New(&viser.Options{Addr: ":443", ExactPort: true, AllowedHosts: []string{"viewer.example"}, TLS: config})
//
// The authority connects to port 443 of each host, by TLS (the challenge tls-alpn-01), so that port of the public
// address must lead to the server. No other port is needed.
//
// It is a module of its own, so that the library does not depend on an ACME client.
package acme

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// LetsEncrypt is the default directory.
const LetsEncrypt = acme.LetsEncryptURL

// LetsEncryptStaging has certificates that browsers do not trust, and higher limits, for tests.
const LetsEncryptStaging = "https://acme-staging-v02.api.letsencrypt.org/directory"

// Options are the options of [TLS].
type Options struct {
	// Hosts are the names to get certificates for, such as "viewer.example"; required. A
	// connection to any other name is refused, so that nobody can use up the authority's
	// limits.
	Hosts []string
	// Dir is the folder in which the account's key and the certificates with their keys are
	// kept. It is created, for this user only; default viser/acme in [os.UserConfigDir].
	Dir string
	// Email is where the authority sends warnings; default none.
	Email string
	// Directory is the URL of the authority; default [LetsEncrypt].
	Directory string
	// Client is the HTTP client for the authority; default [http.DefaultClient].
	Client *http.Client
}

// TLS returns a configuration for the TLS option of a viser server. By calling it you accept the terms of the
// authority. A certificate is obtained at the first connection to its host, which waits for that, and renewed 30 days
// before it ends. An error says what is wrong with the options, or that the folder cannot be used; if the authority
// refuses, connections fail, and the server logs why.
func TLS(o *Options) (*tls.Config, error) {
	if o == nil || len(o.Hosts) == 0 {
		return nil, errors.New("acme: Options.Hosts is empty: name the hosts that certificates are for")
	}
	for _, host := range o.Hosts {
		if err := checkHost(host); err != nil {
			return nil, err
		}
	}
	dir, err := folder(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("acme: no folder for the certificates; set Options.Dir: %w", err)
	}
	directory := o.Directory
	if directory == "" {
		directory = LetsEncrypt
	}
	m := &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		HostPolicy: autocert.HostWhitelist(o.Hosts...),
		Cache:      autocert.DirCache(dir),
		Email:      o.Email,
		Client:     &acme.Client{DirectoryURL: directory, HTTPClient: o.Client, UserAgent: "viser-go"},
	}
	config := m.TLSConfig()
	config.NextProtos = []string{"http/1.1", acme.ALPNProto} // a viser server has no HTTP/2
	return config, nil
}

// checkHost finds what no authority gives a certificate for.
func checkHost(host string) error {
	if net.ParseIP(host) != nil || strings.ContainsAny(host, ":/*") || !strings.Contains(strings.Trim(host, "."), ".") {
		return fmt.Errorf("acme: %q is not a public host name such as \"viewer.example\", without scheme and port", host)
	}
	return nil
}

// folder creates the folder, and checks that files can be created in it.
func folder(dir string) (string, error) {
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(base, "viser", "acme")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, "check-*")
	if err != nil {
		return "", err
	}
	return dir, errors.Join(f.Close(), os.Remove(f.Name()))
}
