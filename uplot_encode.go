package viser

import (
	"reflect"
	"strings"
)

// uplotValue turns options of package uplot, and what stands under their More,
// into what travels: maps, slices, text, numbers, bools. It panics with a
// *UsageError where something has no meaning as data.
func uplotValue(fn string, v reflect.Value) any {
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return uplotValue(fn, v.Elem())
	case reflect.Struct:
		return uplotStruct(fn, v)
	case reflect.Map:
		return uplotMap(fn, v)
	case reflect.Slice, reflect.Array:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = uplotValue(fn, v.Index(i))
		}
		return out
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Float32, reflect.Float64:
		checkFinite(fn, v.Float())
		return v.Float()
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	}
	usage(fn, "an option is a %v; it must be a number, text, a bool, or a slice or map of those", v.Type())
	return nil
}

// uplotStruct writes what is set; More goes beside it.
func uplotStruct(fn string, v reflect.Value) map[string]any {
	out := map[string]any{}
	for i := range v.NumField() {
		tag, ok := v.Type().Field(i).Tag.Lookup("uplot")
		key, always := strings.CutSuffix(tag, ",always")
		switch f := v.Field(i); {
		case !ok:
			usage(fn, "a %v is not of package uplot", v.Type())
		case key == "*":
			for key, x := range uplotMap(fn, f) {
				out[key] = x
			}
		case always || !f.IsZero():
			out[key] = uplotValue(fn, f)
		}
	}
	return out
}

func uplotMap(fn string, v reflect.Value) map[string]any {
	if v.Type().Key().Kind() != reflect.String {
		usage(fn, "an option is a %v; the keys of maps must be text", v.Type())
	}
	out := make(map[string]any, v.Len())
	for it := v.MapRange(); it.Next(); {
		out[it.Key().String()] = uplotValue(fn, it.Value())
	}
	return out
}

// uplotList is nil for no options.
func uplotList[T any](fn string, list []T) []any {
	if list == nil {
		return nil
	}
	return uplotValue(fn, reflect.ValueOf(list)).([]any)
}

func uplotPtr[T any](fn string, v *T) any { return uplotValue(fn, reflect.ValueOf(v)) }
