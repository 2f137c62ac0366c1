package interop_test

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // For image.Decode.
	_ "image/png"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/viser-go/viser/interop/internal/rawclient"
)

// A canon normalizes the messages of a server, so that two servers can be compared. It
// removes what must differ (uuids, run ids, the start of the order counter) and what
// has no meaning (the order within a set, an update that a later one of the same step
// replaces, the sign of a quaternion), and nothing else. One canon processes one side
// of one scenario, step by step.
type canon struct {
	names     map[string]string
	orderBase float64
}

func newCanon() *canon { return &canon{names: map[string]string{}} }

// record rewrites a step's messages and result.
func (c *canon) record(r record) record {
	out := r
	out.Sent = map[string][]rawclient.Message{}
	for _, viewer := range slices.Sorted(maps.Keys(r.Sent)) {
		out.Sent[viewer] = c.messages(r.Sent[viewer])
	}
	out.Result = c.value("", r.Result)
	return out
}

func (c *canon) messages(list []rawclient.Message) []rawclient.Message {
	out := make([]rawclient.Message, 0, len(list))
	for _, m := range dropReplaced(splitUpdates(foldUpdates(list))) {
		out = append(out, c.message(m))
	}
	sortRuns(out)
	return out
}

// foldUpdates merges an update into the create message before it in the same step. Our
// server does so itself; Python's add_markdown sends an empty text and then the text,
// or the text twice, depending on the timing of its threads.
func foldUpdates(list []rawclient.Message) []rawclient.Message {
	var out []rawclient.Message
	made := map[any]int{} // The index in out of a widget's create message.
	for _, m := range list {
		if at, ok := made[m["uuid"]]; ok && m.Type() == "GuiUpdateMessage" {
			out[at] = folded(out[at], m["updates"].(map[string]any))
			continue
		}
		if m["uuid"] != nil && m["props"] != nil {
			made[m["uuid"]] = len(out)
		}
		out = append(out, m)
	}
	return out
}

func folded(create rawclient.Message, updates map[string]any) rawclient.Message {
	create = maps.Clone(create)
	props := maps.Clone(create["props"].(map[string]any))
	for key, value := range updates {
		if key == "value" {
			create[key] = value
		} else {
			props[key] = value
		}
	}
	create["props"] = props
	return create
}

// splitUpdates makes one message per property: whether two properties that were set in
// one step are sent in one message or in two is the server's choice.
func splitUpdates(list []rawclient.Message) []rawclient.Message {
	var out []rawclient.Message
	for _, m := range list {
		updates, ok := m["updates"].(map[string]any)
		if !ok {
			out = append(out, m)
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(updates)) {
			one := maps.Clone(m)
			one["updates"] = map[string]any{key: updates[key]}
			out = append(out, one)
		}
	}
	return out
}

func (c *canon) message(m rawclient.Message) rawclient.Message {
	out := rawclient.Message(c.value("", map[string]any(m)).(map[string]any))
	if m.Type() == "ScenePointerEnableMessage" {
		// A set in Python, in no order.
		slices.SortFunc(out["modifiers"].([]any), func(a, b any) int {
			return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
		})
	}
	return out
}

// value rewrites the value of key.
func (c *canon) value(key string, value any) any {
	switch v := value.(type) {
	case string:
		if key == "_plotly_json_str" {
			return meaning(v)
		}
		return c.text(key, v)
	case float64:
		return c.number(key, v)
	case rawclient.Bytes:
		return picture(v)
	case []any:
		out := make([]any, len(v))
		within := ""
		if key == "_tab_container_ids" {
			within = "container_uuid"
		}
		for i, item := range v {
			out[i] = c.value(within, item)
		}
		if key == "wxyz" {
			return upright(out)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out[key] = c.value(key, v[key])
		}
		return out
	}
	return value
}

// meaning is the decoded value of a JSON text.
func meaning(text string) any {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return text
	}
	return v
}

func (c *canon) text(key, text string) string {
	switch {
	case key == "run_id":
		return "run"
	case key == "_markdown":
		return inlinedPicture.ReplaceAllStringFunc(text, pixelSum)
	case !strings.HasSuffix(key, "uuid"), text == "root", text == "viser-control-panel", text == "nobody":
		return text
	}
	name, known := c.names[text]
	if !known {
		name = fmt.Sprintf("uuid %d", len(c.names))
		c.names[text] = name
	}
	return name
}

var inlinedPicture = regexp.MustCompile("data:image/png;base64,[A-Za-z0-9+/=]+")

// pixelSum is a hash of the pixels of a picture inside a text: Python encodes it again,
// our server sends the file unchanged.
func pixelSum(address string) string {
	_, encoded, _ := strings.Cut(address, ",")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return address
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return address
	}
	plain := image.NewNRGBA(img.Bounds())
	draw.Draw(plain, plain.Rect, img, img.Bounds().Min, draw.Src)
	return fmt.Sprintf("picture %v %x", plain.Rect, sha256.Sum256(plain.Pix))
}

// number shifts the orders that come from the counter to begin at 1 in each scenario.
// The orders that scenarios set explicitly are not integers.
func (c *canon) number(key string, n float64) float64 {
	if key == "order" && n > 1e9 {
		return 0 // the clock, which containers in the scene are ordered by
	}
	if key != "order" || n != math.Trunc(n) {
		return n
	}
	if c.orderBase == 0 {
		c.orderBase = n - 1
	}
	return n - c.orderBase
}

// upright selects one of a rotation's two quaternions: the one whose largest part is
// positive (the first of the largest, so that noise does not decide).
func upright(wxyz []any) []any {
	largest := 0.0
	for _, part := range wxyz {
		if n := part.(float64); math.Abs(n) > math.Abs(largest)+1e-6 {
			largest = n
		}
	}
	if largest >= 0 {
		return wxyz
	}
	for i, part := range wxyz {
		wxyz[i] = -part.(float64)
	}
	return wxyz
}

// An encodedImage is a decoded image: two encoders may produce different bytes.
type encodedImage struct {
	Format string
	Pixels image.Image
}

// Equal is how go-cmp compares two: PNG exactly, JPEG by how far off it is.
func (a encodedImage) Equal(b encodedImage) bool {
	if a.Format != b.Format || a.Pixels.Bounds() != b.Pixels.Bounds() {
		return false
	}
	const tolerance = 4.0 // of 255, on average: two encoders at one quality.
	far := distance(a.Pixels, b.Pixels)
	return far == 0 || a.Format == "jpeg" && far < tolerance
}

// distance is the mean difference of two images' channels, of 255.
func distance(a, b image.Image) float64 {
	var sum, n float64
	bounds := a.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r0, g0, b0, a0 := a.At(x, y).RGBA()
			r1, g1, b1, a1 := b.At(x, y).RGBA()
			for _, d := range []float64{
				float64(r0) - float64(r1), float64(g0) - float64(g1),
				float64(b0) - float64(b1), float64(a0) - float64(a1),
			} {
				sum += math.Abs(d) / 257
				n++
			}
		}
	}
	return sum / n
}

func picture(data rawclient.Bytes) any {
	pixels, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return data
	}
	return encodedImage{Format: format, Pixels: pixels}
}

// dropReplaced removes an update that a later one of the same step replaces: whether
// the first of two is sent depends on milliseconds.
func dropReplaced(list []rawclient.Message) []rawclient.Message {
	last := map[string]int{}
	for i, m := range list {
		if slot := updateSlot(m); slot != "" {
			last[slot] = i
		}
	}
	var out []rawclient.Message
	for i, m := range list {
		if slot := updateSlot(m); slot == "" || last[slot] == i {
			out = append(out, m)
		}
	}
	return out
}

// updateSlot is the name of the value that a message sets, or "" for one that does
// more.
func updateSlot(m rawclient.Message) string {
	switch m.Type() {
	case "SetOrientationMessage", "SetPositionMessage", "SetSceneNodeVisibilityMessage",
		"SetSceneNodeClickBindingsMessage":
		return fmt.Sprintf("%s %s %s", m.Type(), m["owner"], m["name"])
	case "SceneNodeUpdateMessage", "GuiUpdateMessage", "CommandUpdateMessage":
		updates, _ := m["updates"].(map[string]any)
		return fmt.Sprintf("%s %v %v %v", m.Type(), m["owner"], cmp.Or(m["name"], m["uuid"]),
			slices.Sorted(maps.Keys(updates)))
	}
	return ""
}

// sortRuns sorts adjacent messages whose order has no meaning: removals (a branch is
// removed breadth first, but siblings come from a Python set, and a client's widget in
// a shared folder is removed in another buffer) and updates of different properties.
func sortRuns(list []rawclient.Message) {
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && unordered(list[start]) && list[end].Type() == list[start].Type() {
			end++
		}
		slices.SortStableFunc(list[start:end], func(a, b rawclient.Message) int {
			return cmp.Compare(runKey(a), runKey(b))
		})
		start = end
	}
}

func unordered(m rawclient.Message) bool {
	return m.Type() == "RemoveSceneNodeMessage" || m.Type() == "GuiRemoveMessage" || m["updates"] != nil
}

func runKey(m rawclient.Message) string {
	updates, _ := m["updates"].(map[string]any)
	return fmt.Sprint(m["owner"], m["name"], m["uuid"], slices.Sorted(maps.Keys(updates)))
}
