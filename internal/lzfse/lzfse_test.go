package lzfse

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mixed are the bytes that testdata/make.py makes.
func mixed(n int) []byte {
	var out []byte
	for state := 1; len(out) < n; {
		state = (state*1103515245 + 12345) & 0x7fffffff
		if state>>16&3 == 0 && len(out) > 40 {
			at := state % (len(out) - 20)
			out = append(out, out[at:at+20]...)
		} else {
			out = append(out, byte(state>>12&63))
		}
	}
	return out[:n]
}

func samples() map[string][]byte {
	return map[string][]byte{
		"empty": nil, "short": []byte("abc"), "text": bytes.Repeat([]byte("hello hello hello hello hello, world"), 5),
		"zeros": make([]byte, 100_000), "mixed": mixed(20_000), "lzvn": mixed(1_500),
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".lzfse"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecodesWhatTheReferenceEncodes(t *testing.T) {
	kinds := ""
	for name, want := range samples() {
		data := read(t, name)
		kinds += string(data[:4])
		got, err := Decode(data, len(want))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if len(want) > 0 {
			if _, err := Decode(data, len(want)-1); err == nil {
				t.Errorf("%s: the limit has no effect", name)
			}
		}
	}
	for _, kind := range []string{"bvx2", "bvxn", "bvx-"} {
		if !strings.Contains(kinds, kind) {
			t.Errorf("no sample begins with a block of the kind %s", kind)
		}
	}
}

func TestTruncatedAndDamaged(t *testing.T) {
	for name, want := range samples() {
		data := read(t, name)
		for n := 0; n < len(data); n += 1 + len(data)/1000 {
			if _, err := Decode(data[:n], len(want)); err == nil {
				t.Fatalf("%s: %d of %d bytes were accepted", name, n, len(data))
			}
			bad := bytes.Clone(data)
			bad[n] ^= 0x55
			_, _ = Decode(bad, len(want)) // it may be valid, but must end
		}
	}
}

func FuzzDecode(f *testing.F) {
	for name := range samples() {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := Decode(data, 1<<20); err == nil && len(out) > 1<<20 {
			t.Fatal("more than the limit")
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data, n := read(b, "mixed"), 20_000
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(data, n); err != nil {
			b.Fatal(err)
		}
	}
}
