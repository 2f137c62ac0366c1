package cli

import (
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
)

// serverFlags are the flags of every command that serves.
type serverFlags struct {
	host           string
	port           int
	exactPort      bool
	open           bool
	token          string
	noToken        bool
	hosts, origins list
	proxies        prefixes
	remoteImages   bool
	maxClients     int
	profiling      bool
	tlsCert        string
	tlsKey         string
	tlsSelfSigned  bool
	tls            *tls.Config // of these; set by check
	fingerprint    string      // of a certificate that is signed by itself
	verbose        bool
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return fmt.Sprint([]string(*l)) }

func (l *list) Set(s string) error {
	if s == "" {
		return errors.New("it is empty")
	}
	*l = append(*l, s)
	return nil
}

// prefixes is a flag for networks, or single addresses, that may be given more than once.
type prefixes []netip.Prefix

func (p *prefixes) String() string { return fmt.Sprint([]netip.Prefix(*p)) }

func (p *prefixes) Set(s string) error {
	network, err := netip.ParsePrefix(s)
	if addr, single := netip.ParseAddr(s); single == nil {
		network, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	if err != nil {
		return errors.New("it is neither an address, such as 10.0.0.1, nor a network, such as 10.0.0.0/8")
	}
	*p = append(*p, network)
	return nil
}

func (f *serverFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.host, "host", "127.0.0.1", "listen on this `address`; 0.0.0.0 lets other machines in")
	fs.IntVar(&f.port, "port", 8080, "listen on this `port`, or the next free one; 0 takes any")
	fs.BoolVar(&f.exactPort, "exact-port", false, "fail if the port is taken, instead of listening on the next free one")
	fs.BoolVar(&f.open, "open", false, "open the page in the browser")
	fs.StringVar(&f.token, "token", "", "let in only those whose URL has this `secret`")
	fs.BoolVar(&f.noToken, "no-token", false, "need no token, even when other machines can connect")
	fs.Var(&f.hosts, "allow-host", "also accept this `host` name in requests, * for any; may be repeated")
	fs.Var(&f.origins, "allow-origin", "also accept connections from pages of this `origin`, * for any; may be repeated")
	fs.Var(&f.proxies, "trust-proxy", "believe the X-Forwarded headers of the proxy at this `address` or network; may be repeated")
	fs.BoolVar(&f.remoteImages, "allow-remote-images", false, "let the page load images from any https address, which learns the viewers' IP addresses")
	fs.IntVar(&f.maxClients, "max-clients", 10_000, "accept at most this `number` of connections at once")
	fs.StringVar(&f.tlsCert, "tls-cert", "", "serve https with the certificate in this PEM `file`; needs --tls-key")
	fs.StringVar(&f.tlsKey, "tls-key", "", "the private key of --tls-cert, a PEM `file`")
	fs.BoolVar(&f.tlsSelfSigned, "tls-self-signed", false, "serve https with a certificate that is signed by itself; its fingerprint is printed")
	fs.BoolVar(&f.profiling, "profiling", false, "serve profiles of the command under /debug/pprof/")
	fs.BoolVar(&f.verbose, "verbose", false, "log more to standard error, including debug messages")
}

// check checks what the flag package cannot.
func (f *serverFlags) check() error {
	if f.port < 0 || f.port > 65535 {
		return fmt.Errorf("--port must be between 0 and 65535, not %d", f.port)
	}
	if f.maxClients < 1 {
		return fmt.Errorf("--max-clients must be at least 1, not %d", f.maxClients)
	}
	if f.token != "" && f.noToken {
		return errors.New("--token and --no-token exclude each other")
	}
	return f.loadTLS()
}

func (f *serverFlags) loadTLS() (err error) {
	switch {
	case (f.tlsCert == "") != (f.tlsKey == ""):
		return errors.New("--tls-cert and --tls-key belong together")
	case f.tlsCert != "" && f.tlsSelfSigned:
		return errors.New("--tls-cert and --tls-self-signed exclude each other")
	case f.tlsCert != "":
		f.tls, err = viser.TLSFromFiles(f.tlsCert, f.tlsKey)
	case f.tlsSelfSigned:
		f.tls, f.fingerprint, err = viser.TLSSelfSigned("")
	}
	return err
}

func (f *serverFlags) options(sys *System) *viser.Options {
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelDebug
	}
	return &viser.Options{
		Addr:              net.JoinHostPort(f.host, strconv.Itoa(f.port)),
		ExactPort:         f.exactPort,
		Token:             f.token,
		NoToken:           f.noToken,
		AllowedHosts:      slices.Clone(f.hosts),
		AllowedOrigins:    slices.Clone(f.origins),
		TrustedProxies:    slices.Clone(f.proxies),
		AllowRemoteImages: f.remoteImages,
		MaxClients:        f.maxClients,
		Profiling:         f.profiling,
		TLS:               f.tls,
		Logger:            newLogger(sys.Err, level),
	}
}

// newFlagSet returns flags that print their help to out on request.
func newFlagSet(name, args, about string, out io.Writer) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Usage = func() {
		usage := strings.TrimSpace(fmt.Sprintf("Usage: viser %s %s", name, args))
		fmt.Fprintf(out, "%s\n\n%s\n", usage, about)
		flags := 0
		fs.VisitAll(func(*flag.Flag) { flags++ })
		if flags > 0 {
			fmt.Fprint(out, "\nFlags:\n")
			fs.PrintDefaults()
		}
	}
	return fs
}

// parse accepts flags before and after the arguments, which the flag package alone does not, and returns the arguments.
// After "--" nothing is a flag.
func parse(fs *flag.FlagSet, args []string) (operands []string, err error) {
	var plain []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, plain = args[:i], args[i+1:]
	}
	help, out := fs.Usage, fs.Output()
	fs.Usage = func() {} // the flag package would print it for every mistake
	fs.SetOutput(io.Discard)
	for {
		err := fs.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			fs.SetOutput(out)
			help()
			return nil, err
		}
		if err != nil {
			return nil, &usageError{fs.Name(), err.Error()}
		}
		if fs.NArg() == 0 {
			return append(operands, plain...), nil
		}
		operands = append(operands, fs.Arg(0))
		args = fs.Args()[1:]
	}
}
