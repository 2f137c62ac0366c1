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
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

// serverFlags are the flags of every command that serves.
type serverFlags struct {
	host           string
	port           int
	exactPort      bool
	open           bool
	token          string
	viewToken      string
	view           *viser.Token // of it; set by server
	noToken        bool
	hosts, origins list
	proxies        prefixes
	pathPrefix     string
	remoteImages   bool
	maxClients     int
	maxPerAddress  int
	grace          time.Duration
	profiling      bool
	tlsCert        string
	tlsKey         string
	tlsSelfSigned  bool
	tls            *tls.Config // of these; set by check
	fingerprint    string      // of a certificate that is signed by itself
	audit          string
	auditLog       *slog.Logger // nil: none; set by check
	auditFile      *os.File     // nil: none
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

// text is a flag that may not be empty: an unset variable of a script must not turn off what it names, such as the token.
type text string

func (t *text) String() string { return string(*t) }

func (t *text) Set(s string) error {
	if s == "" {
		return errors.New("it is empty")
	}
	*t = text(s)
	return nil
}

// duration is a flag for a length of time.
type duration time.Duration

func (d *duration) String() string { return time.Duration(*d).String() }

func (d *duration) Set(s string) error {
	v, err := time.ParseDuration(s)
	switch {
	case err != nil:
		return errors.New("it is not a time such as 90s, 5m or 1h30m")
	case v < 0:
		return errors.New("it is negative")
	}
	*d = duration(v)
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
	f.host = "127.0.0.1"
	fs.Var((*text)(&f.host), "host", "listen on this `address`; 0.0.0.0 lets other machines in")
	fs.IntVar(&f.port, "port", 8080, "listen on this `port`, or the next free one; 0 takes any")
	fs.BoolVar(&f.exactPort, "exact-port", false, "fail if the port is taken, instead of listening on the next free one")
	fs.BoolVar(&f.open, "open", false, "open the page in the browser")
	fs.Var((*text)(&f.token), "token", "let in only those whose URL has this `secret`")
	fs.Var((*text)(&f.viewToken), "view-token", "also let in, but only to look, those whose URL has this `secret`; \"random\" makes one")
	fs.BoolVar(&f.noToken, "no-token", false, "need no token, even when other machines can connect")
	fs.Var(&f.hosts, "allow-host", "also accept this `host` name in requests, * for any; may be repeated")
	fs.Var(&f.origins, "allow-origin", "also accept connections from pages of this `origin`, * for any; may be repeated")
	fs.Var(&f.proxies, "trust-proxy", "believe the X-Forwarded headers of the proxy at this `address` or network; may be repeated")
	fs.Var((*text)(&f.pathPrefix), "path-prefix", "serve the page under this `path`, such as /viewer, for a proxy that does not remove it")
	fs.BoolVar(&f.remoteImages, "allow-remote-images", false, "let the page load images from any https address, which learns the viewers' IP addresses")
	fs.IntVar(&f.maxClients, "max-clients", 10_000, "accept at most this `number` of connections at once")
	fs.IntVar(&f.maxPerAddress, "max-clients-per-address", 0, "accept at most this `number` of connections of one address at once (default half of --max-clients, at least 100)")
	f.grace = 30 * time.Second
	fs.Var((*duration)(&f.grace), "grace", "how long a page whose connection was lost may take to come back as the same visitor, a `duration`; 0 for none")
	fs.Var((*text)(&f.tlsCert), "tls-cert", "serve https with the certificate in this PEM `file`; needs --tls-key")
	fs.Var((*text)(&f.tlsKey), "tls-key", "the private key of --tls-cert, a PEM `file`")
	fs.BoolVar(&f.tlsSelfSigned, "tls-self-signed", false, "serve https with a certificate that is signed by itself; its fingerprint is printed")
	fs.BoolVar(&f.profiling, "profiling", false, "serve profiles of the command under /debug/pprof/")
	fs.Var((*text)(&f.audit), "audit", "append a line of JSON to this `file` for each action of a user; - is standard error")
	fs.BoolVar(&f.verbose, "verbose", false, "log more to standard error, including debug messages")
}

// check checks what the flag package cannot.
func (f *serverFlags) check() error {
	if f.port < 0 || f.port > 65535 {
		return fmt.Errorf("--port must be between 0 and 65535, not %d", f.port)
	}
	if strings.ContainsAny(f.host, "/[]@?# ") {
		return fmt.Errorf("--host must be an address or a name, such as 0.0.0.0, ::1 or localhost, not %q", f.host)
	}
	if f.maxClients < 1 {
		return fmt.Errorf("--max-clients must be at least 1, not %d", f.maxClients)
	}
	if f.maxPerAddress < 0 {
		return fmt.Errorf("--max-clients-per-address must be at least 1, or 0 for the default, not %d", f.maxPerAddress)
	}
	if f.grace > 0 && f.grace < time.Millisecond {
		return fmt.Errorf("--grace must be a duration such as 30s, or 0 for none, not %v", f.grace)
	}
	if f.token != "" && f.noToken {
		return errors.New("--token and --no-token exclude each other")
	}
	if f.viewToken != "" && f.noToken {
		return errors.New("--view-token and --no-token exclude each other")
	}
	if f.viewToken != "" && f.viewToken == f.token {
		return errors.New("--view-token and --token must differ")
	}
	if (f.tlsCert == "") != (f.tlsKey == "") {
		return errors.New("--tls-cert and --tls-key belong together")
	}
	if f.tlsCert != "" && f.tlsSelfSigned {
		return errors.New("--tls-cert and --tls-self-signed exclude each other")
	}
	return nil
}

// openAudit opens the file of --audit. Others than its owner need not know what users do.
func (f *serverFlags) openAudit(sys *System) error {
	out := sys.Err
	switch f.audit {
	case "":
		return nil
	case "-":
	default:
		file, err := os.OpenFile(f.audit, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("--audit: %w", err)
		}
		f.auditFile, out = file, file
	}
	f.auditLog = slog.New(slog.NewJSONHandler(out, nil))
	return nil
}

// close closes what check has opened.
func (f *serverFlags) close() {
	if f.auditFile != nil {
		f.auditFile.Close() // written without a buffer
	}
}

func (f *serverFlags) loadTLS() (err error) {
	switch {
	case f.tlsCert != "":
		f.tls, err = viser.TLSFromFiles(f.tlsCert, f.tlsKey)
	case f.tlsSelfSigned:
		f.tls, f.fingerprint, err = viser.TLSSelfSigned("")
	}
	return err
}

// server makes the server, and adds the token of --view-token, if there is one. What New refuses is a mistake in the
// command line here.
func (f *serverFlags) server(command string, sys *System) (server *viser.Server, err error) {
	if err := f.loadTLS(); err != nil {
		return nil, err
	}
	if err := f.openAudit(sys); err != nil {
		return nil, err
	}
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case *viser.UsageError:
			f.close()
			err = &usageError{command, flagged(reason.Message)}
		default:
			panic(reason)
		}
	}()
	server = viser.New(f.options(sys))
	if f.viewToken != "" {
		f.addViewToken(server)
	}
	return server, nil
}

// flagOf has the flags of options that viser.New checks. Its messages begin with the option.
var flagOf = map[string]string{"AllowedHosts": "--allow-host", "AllowedOrigins": "--allow-origin", "PathPrefix": "--path-prefix"}

// flagged names the flag in a message of viser.New, instead of the option.
func flagged(message string) string {
	option, rest, _ := strings.Cut(message, ": ")
	if name := flagOf[option]; name != "" {
		return name + ": " + rest
	}
	return message
}

func (f *serverFlags) addViewToken(server *viser.Server) {
	secret := f.viewToken
	if secret == "random" {
		secret = ""
	}
	f.view = server.Tokens().Add(&viser.TokenOptions{Role: viser.RoleView, Secret: secret})
}

// graceOption is the option for --grace: its zero is the default, and a negative one is none.
func (f *serverFlags) graceOption() time.Duration {
	if f.grace == 0 {
		return -1
	}
	return f.grace
}

// level is from which level on something is logged.
func (f *serverFlags) level() slog.Level {
	if f.verbose {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}

func (f *serverFlags) options(sys *System) *viser.Options {
	return &viser.Options{
		Addr:                 net.JoinHostPort(f.host, strconv.Itoa(f.port)),
		ExactPort:            f.exactPort,
		Token:                f.token,
		NoToken:              f.noToken,
		AllowedHosts:         slices.Clone(f.hosts),
		AllowedOrigins:       slices.Clone(f.origins),
		TrustedProxies:       slices.Clone(f.proxies),
		AllowRemoteImages:    f.remoteImages,
		MaxClients:           f.maxClients,
		MaxClientsPerAddress: f.maxPerAddress,
		Grace:                f.graceOption(),
		Profiling:            f.profiling,
		TLS:                  f.tls,
		PathPrefix:           f.pathPrefix,
		Audit:                f.auditLog,
		Logger:               newLogger(sys.Err, f.level()),
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
