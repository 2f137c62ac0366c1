package viser

import (
	"reflect"
	"strconv"
	"strings"
)

// tableCell is what travels of a cell.
func tableCell(fn string, cell any) any {
	v := reflect.ValueOf(cell)
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.String:
		return strings.ToValidUTF8(v.String(), "\uFFFD")
	case reflect.Float32, reflect.Float64:
		if !finite(v.Float()) {
			return strconv.FormatFloat(v.Float(), 'g', -1, 64)
		}
		return cell
	case reflect.Bool:
		return v.Bool()
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	}
	usage(fn, "a cell is a %T; it must be a string, a number, a bool or nil", cell)
	return nil
}
