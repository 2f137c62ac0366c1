package pagewire

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// drawMessage makes a message of any type with random content.
func drawMessage(t *rapid.T) wire.Message {
	types := make([]string, 0, len(wire.Infos))
	for typ := range wire.Infos {
		types = append(types, typ)
	}
	slices.Sort(types)
	m := emptyMessage(rapid.SampledFrom(types).Draw(t, "type"))
	fillStruct(t, reflect.ValueOf(m).Elem())
	return m
}

// emptyMessage makes a message of a type that is known.
func emptyMessage(typ string) wire.Message { return reader(typ)(new(wire.Decoder)) }

func fillStruct(t *rapid.T, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		fill(t, v.Field(i), f.Tag, f.Name)
	}
}

// fill draws a value; the schema's own unions are drawn as one of their alternatives.
func fill(t *rapid.T, v reflect.Value, tag reflect.StructTag, name string) {
	nullable := strings.Contains(tag.Get("wire"), ",null")
	if nullable && rapid.Bool().Draw(t, name+" null") {
		return
	}
	if special, ok := drawSpecial(t, v.Type(), tag); ok {
		v.Set(reflect.ValueOf(special))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if rapid.Bool().Draw(t, name+" set") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), tag, name)
		}
	case reflect.Struct:
		fillStruct(t, v)
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i), "", name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(0, 3).Draw(t, name+" length"), 3))
		for i := range v.Len() {
			fill(t, v.Index(i), tag, name)
		}
	default:
		fillScalar(t, v, name)
	}
}

func fillScalar(t *rapid.T, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.String().Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int:
		v.SetInt(rapid.Int64().Draw(t, name))
	case reflect.Uint8:
		v.SetUint(uint64(rapid.Uint8().Draw(t, name)))
	case reflect.Uint32:
		v.SetUint(uint64(rapid.Uint32().Draw(t, name)))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, name))
	default:
		panic(fmt.Sprintf("fill: no value for %s of type %s", name, v.Type()))
	}
}

func drawSpecial(t *rapid.T, typ reflect.Type, tag reflect.StructTag) (any, bool) {
	switch reflect.Zero(typ).Interface().(type) {
	case wire.Array:
		return drawArray(t, tag), true
	case []byte:
		return append([]byte{}, rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")...), true
	case wire.Color:
		return rapid.SampledFrom([]wire.Color{{}, wire.NamedColor("teal"), wire.RGBColor(1, 200, 255)}).Draw(t, "color"), true
	case wire.BoolOrFloat:
		return rapid.SampledFrom([]wire.BoolOrFloat{{}, {Bool: true}, {IsFloat: true, Float: 0.5}, {IsFloat: true}}).Draw(t, "boolOrFloat"), true
	case wire.LOD:
		return rapid.SampledFrom([]wire.LOD{{Mode: "auto"}, {Mode: "off"}, {Levels: [][2]float64{}}, {Levels: [][2]float64{{1, 0.5}, {9, 0.1}}}}).Draw(t, "lod"), true
	case wire.Placement:
		return rapid.SampledFrom([]wire.Placement{{Kind: "edge", Edge: "left"}, {Kind: "split", AnchorUUID: "u", Side: "above"}, {Kind: "float", X: new(3.5)}}).Draw(t, "placement"), true
	case wire.Updates:
		return drawUpdates(t), true
	case map[string]any:
		return drawMap(t, 2), true
	}
	if typ.Kind() == reflect.Interface {
		return drawMap(t, 2), true
	}
	return nil, false
}

func drawArray(t *rapid.T, tag reflect.StructTag) wire.Array {
	dtypes := strings.Split(tag.Get("dtype"), ",")
	if dtypes[0] == "" {
		dtypes = []string{wire.Float16, wire.Float32, wire.Float64, wire.Uint8, wire.Uint16, wire.Uint32}
	}
	dtype := rapid.SampledFrom(dtypes).Draw(t, "dtype")
	n := rapid.IntRange(0, 9).Draw(t, "elements") * itemSize(t, dtype)
	return wire.Array{DType: dtype, Data: rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, "data")}
}

func drawUpdates(t *rapid.T) wire.Updates {
	out := wire.Updates{}
	for key, value := range drawMap(t, 3) {
		out = append(out, wire.Update{Key: key, Value: value})
	}
	return out
}

func drawMap(t *rapid.T, depth int) map[string]any {
	out := map[string]any{}
	for range rapid.IntRange(0, 3).Draw(t, "pairs") {
		out[rapid.StringMatching("[a-z]{1,8}").Draw(t, "key")] = drawAny(t, depth)
	}
	return out
}

// drawAny draws only what any decodes to, so that a round trip can be compared.
func drawAny(t *rapid.T, depth int) any {
	kinds := 8
	if depth == 0 {
		kinds = 6
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Int64().Draw(t, "int")
	case 3:
		return rapid.Float64().Draw(t, "float")
	case 4:
		return rapid.String().Draw(t, "string")
	case 5:
		return drawArray(t, "")
	case 6:
		return drawMap(t, depth-1)
	}
	list := []any{}
	for range rapid.IntRange(0, 3).Draw(t, "items") {
		list = append(list, drawAny(t, depth-1))
	}
	return list
}

func fillAll(t *rapid.T, targets ...any) {
	for _, target := range targets {
		fillStruct(t, reflect.ValueOf(target).Elem())
	}
}

// itemSize is the last digit of a dtype, such as "<f4".
func itemSize(t *rapid.T, dtype string) int {
	n, err := strconv.Atoi(dtype[len(dtype)-1:])
	if err != nil {
		t.Fatal(err)
	}
	return n
}
