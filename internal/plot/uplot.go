package plot

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// Options converts options of package uplot, including their More, to the values that are sent: maps, slices,
// text, numbers, bools. A nil slice, map or pointer becomes nil. It fails on values that cannot be encoded as
// data.
func Options(options any) (any, error) {
	v := reflect.ValueOf(options)
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
	}
	return value(v)
}

func value(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.Invalid:
		return nil, nil
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil, nil
		}
		return value(v.Elem())
	case reflect.Struct:
		return fields(v)
	case reflect.Map:
		return entries(v)
	case reflect.Slice, reflect.Array:
		return elements(v)
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("an option is %v, which is not a finite number", f)
		}
		return v.Float(), nil
	}
	switch {
	case v.CanInt():
		return v.Int(), nil
	case v.CanUint():
		return v.Uint(), nil
	}
	return nil, fmt.Errorf("an option is a %v; it must be a number, text, a bool, or a slice or map of those", v.Type())
}

func elements(v reflect.Value) ([]any, error) {
	out := make([]any, v.Len())
	for i := range out {
		x, err := value(v.Index(i))
		if err != nil {
			return nil, err
		}
		out[i] = x
	}
	return out, nil
}

// fields has the options that are set, and the keys of More.
func fields(v reflect.Value) (map[string]any, error) {
	out := map[string]any{}
	for i := range v.NumField() {
		tag, ok := v.Type().Field(i).Tag.Lookup("uplot")
		if !ok {
			return nil, fmt.Errorf("an option is a %v, which is not of package uplot", v.Type())
		}
		if err := addField(out, tag, v.Field(i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func addField(out map[string]any, tag string, f reflect.Value) error {
	if tag == "*" {
		more, err := entries(f)
		for key, x := range more {
			out[key] = x
		}
		return err
	}
	key, always := strings.CutSuffix(tag, ",always")
	if !always && f.IsZero() {
		return nil
	}
	x, err := value(f)
	out[key] = x
	return err
}

func entries(v reflect.Value) (map[string]any, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, fmt.Errorf("an option is a %v; the keys of maps must be text", v.Type())
	}
	out := make(map[string]any, v.Len())
	for it := v.MapRange(); it.Next(); {
		x, err := value(it.Value())
		if err != nil {
			return nil, err
		}
		out[it.Key().String()] = x
	}
	return out, nil
}
