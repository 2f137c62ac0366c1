package httpd_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/internal/httpd"
)

func TestURLsThatOtherMachinesCanOpen(t *testing.T) {
	var interfaces []netip.Addr
	for _, a := range []string{
		"127.0.0.1", "::1", "2001:db8::7", "fe80::1%eth0", "192.168.1.5", "169.254.3.4", "10.0.0.8", "::ffff:10.0.0.8", "fd00::9",
	} {
		interfaces = append(interfaces, netip.MustParseAddr(a))
	}
	for _, c := range []struct {
		listening, token string
		interfaces       []netip.Addr
		want             []string
	}{
		{"0.0.0.0:8080", "s3 cret", interfaces, []string{
			"http://192.168.1.5:8080/?token=s3+cret", "http://10.0.0.8:8080/?token=s3+cret", "http://localhost:8080/?token=s3+cret",
		}},
		{"[::]:8080", "", interfaces, []string{
			"http://192.168.1.5:8080/", "http://10.0.0.8:8080/", "http://[2001:db8::7]:8080/", "http://[fd00::9]:8080/", "http://localhost:8080/",
		}},
		{"[::]:80", "", nil, []string{"http://localhost:80/"}},
		{"192.168.1.5:81", "x", interfaces, []string{"http://192.168.1.5:81/?token=x"}},
		{"127.0.0.1:8080", "", interfaces, []string{"http://127.0.0.1:8080/"}},
		{"[::1]:8080", "", interfaces, []string{"http://[::1]:8080/"}},
	} {
		p := httpd.Page{Scheme: "http", Addr: netip.MustParseAddrPort(c.listening), Token: c.token}
		if diff := cmp.Diff(c.want, httpd.URLs(p, c.interfaces)); diff != "" {
			t.Errorf("%s: %s", c.listening, diff)
		}
		if last := c.want[len(c.want)-1]; httpd.LocalURL(p) != last {
			t.Errorf("%s: on this machine it is %s, want %s", c.listening, httpd.LocalURL(p), last)
		}
	}
}

// TestInterfaceAddresses: the loopback interface is up wherever tests run.
func TestInterfaceAddresses(t *testing.T) {
	for _, a := range httpd.InterfaceAddresses() {
		if a.IsLoopback() {
			return
		}
	}
	t.Errorf("no loopback address in %v", httpd.InterfaceAddresses())
}
