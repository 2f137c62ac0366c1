package blob_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/viser-go/viser/internal/blob"
	"github.com/viser-go/viser/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func numbered(size int) []byte {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(i ^ i>>8 ^ i>>16)
	}
	return data
}

func get(x *blob.Index, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for _, h := range headers {
		k, v, _ := strings.Cut(h, ": ")
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	x.ServeHTTP(w, r)
	return w.Result()
}

func TestServe(t *testing.T) {
	x := blob.New()
	defer x.Close()
	data := numbered(600_000)
	b := wire.NewBlob(data)
	id := x.Add(b)
	path := "/blob/" + id
	for _, c := range []struct {
		method, path string
		headers      []string
		status       int
		want         []byte
	}{
		{"GET", path, nil, 200, data},
		{"HEAD", path, nil, 200, nil},
		{"GET", path + "/0-600000", nil, 200, data},
		{"GET", path + "/10-500010", nil, 200, data[10:500_010]},
		{"GET", path, []string{"Range: bytes=5-9"}, 206, data[5:10]},
		{"GET", path, []string{"Range: bytes=600000-"}, 416, nil},
		{"GET", path, []string{`If-None-Match: "` + id + `"`}, 304, nil},
		{"GET", path, []string{`If-None-Match: "other"`}, 200, data},
		{"GET", path + "/1-9", []string{`If-None-Match: "` + id + `/1-9"`}, 304, nil},
		{"GET", path + "/", nil, 404, nil},
		{"GET", path + "/5-5", nil, 404, nil},
		{"GET", path + "/-1-5", nil, 404, nil},
		{"GET", path + "/00-5", nil, 404, nil},
		{"GET", path + "/0-600001", nil, 404, nil},
		{"GET", path + "/0-99999999999999999999", nil, 404, nil},
		{"GET", "/blob/", nil, 404, nil},
		{"GET", "/blob/" + strings.Repeat("0", 32), nil, 404, nil},
		{"GET", "/blob/" + strings.Repeat("a", 1<<20), nil, 404, nil},
	} {
		name := fmt.Sprintf("%s %.50s %v", c.method, c.path, c.headers)
		r := get(x, c.method, c.path, c.headers...)
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != c.status {
			t.Errorf("%s: %v, %v, want %d", name, r.Status, err, c.status)
		}
		if c.status < 300 && !bytes.Equal(body, c.want) {
			t.Errorf("%s: %d bytes that are not the array's, want %d", name, len(body), len(c.want))
		}
		caching := r.Header.Get("Cache-Control")
		if c.status < 400 != strings.Contains(caching, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, caching)
		}
		if tag := r.Header.Get("ETag"); c.status < 400 && !strings.HasPrefix(tag, `"`+id) {
			t.Errorf("%s: ETag %q", name, tag)
		}
	}
	runtime.KeepAlive(b)
}

// TestPassingArraysAreNotCached, until it is clear that they stay.
func TestPassingArraysAreNotCached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := blob.New()
		defer x.Close()
		first := wire.NewBlob(numbered(70_000))
		time.Sleep(time.Second)
		b := wire.NewBlob(numbered(80_000))
		b.Follows(first)
		path := "/blob/" + x.Add(b)
		if c := get(x, "GET", path).Header.Get("Cache-Control"); c != "no-store" {
			t.Error("Cache-Control at first:", c)
		}
		time.Sleep(wire.PassingTime)
		if c := get(x, "GET", path).Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
			t.Error("Cache-Control later:", c)
		}
		late := wire.NewBlob(numbered(90_000))
		late.Follows(b)
		if late.Passing {
			t.Error("a value after a long time counts as one of many")
		}
		runtime.KeepAlive(b)
	})
}

// TestIDs: equal contents have one ID in an Index, others another; two Indexes share nothing.
func TestIDs(t *testing.T) {
	x, y := blob.New(), blob.New()
	defer x.Close()
	defer y.Close()
	a, same, other := wire.NewBlob(numbered(70_000)), wire.NewBlob(numbered(70_000)), wire.NewBlob(numbered(70_001))
	id := x.Add(a)
	if len(id) != 32 || x.Add(a) != id || x.Add(same) != id || x.Add(other) == id {
		t.Error("the IDs do not follow the contents")
	}
	foreign := wire.NewBlob(numbered(70_000))
	if y.Add(foreign) == id || y.Get(id) != nil {
		t.Error("another Index knows the array")
	}
	runtime.KeepAlive([]*wire.Blob{a, same, other, foreign})
}

// TestGoneArraysTakeNoMemory: the Index is pruned as it grows.
func TestGoneArraysTakeNoMemory(t *testing.T) {
	x := blob.New()
	defer x.Close()
	for i := range 5000 {
		x.Add(wire.NewBlob(fmt.Appendf(nil, "%d", i)))
		if i%500 == 0 {
			runtime.GC()
		}
	}
	if n := x.Len(); n > 2500 {
		t.Errorf("%d arrays are listed, of which at most 500 were there at a time", n)
	}
}

func TestKeptArraysAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := blob.New()
		defer x.Close()
		shared := make([]byte, 100<<20)
		var ids []string
		for i := range 3 {
			b := wire.NewBlob(shared[i:])
			ids = append(ids, x.Add(b))
			x.Keep(b)
		}
		x.Keep(wire.NewBlob(shared)) // no page knows it
		runtime.GC()
		if x.Get(ids[0]) == nil || x.Get(ids[1]) == nil || x.Get(ids[2]) != nil {
			t.Error("not the first two, of three with 100 MiB each, are kept")
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		runtime.GC()
		if x.Get(ids[0]) != nil {
			t.Error("it is kept for more than a minute")
		}
	})
}

// TestConcurrentUse is for the race detector: arrays are added, served and forgotten at once.
func TestConcurrentUse(t *testing.T) {
	x := blob.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 50 {
				b := wire.NewBlob(numbered(1000 + i))
				id := x.Add(b)
				if r := get(x, "GET", "/blob/"+id); r.StatusCode != 200 {
					t.Errorf("array %d: %s", i, r.Status)
				}
				x.Keep(b)
			}
		})
	}
	wg.Wait()
	x.Close()
	x.Close()
}

// A slowPage reads the response in small steps, as the network of a slow page does.
type slowPage struct {
	*httptest.ResponseRecorder
	deadline time.Time
	late     bool
}

func (w *slowPage) SetWriteDeadline(t time.Time) error {
	w.deadline = t
	return nil
}

func (w *slowPage) Write(p []byte) (int, error) {
	time.Sleep(20 * time.Second)
	w.late = w.late || time.Now().After(w.deadline)
	return w.ResponseRecorder.Write(p)
}

// TestSlowPages get an array in any time if each piece arrives in time, and leave no deadline behind.
func TestSlowPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := blob.New()
		defer x.Close()
		b := wire.NewBlob(numbered(8 << 20))
		w := &slowPage{ResponseRecorder: httptest.NewRecorder()}
		x.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/blob/"+x.Add(b), nil))
		if w.late || !w.deadline.IsZero() || !bytes.Equal(w.Body.Bytes(), b.Data) {
			t.Errorf("late %v, deadline %v, %d bytes", w.late, w.deadline, w.Body.Len())
		}
	})
}
