package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// encodeValue returns the Go statements that write x, an expression of type t.
func (s *schema) encodeValue(x string, t ast.Expr, null bool) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return fmt.Sprintf("if %s == nil {\ne.Nil()\n} else {\n%s\n}", x, s.encodeValue("*"+x, t.X, false))
	case *ast.MapType:
		return fmt.Sprintf("e.anyMap(%s)", x)
	case *ast.ArrayType:
		return s.encodeList(x, t, null)
	}
	return s.encodeNamed(x, t)
}

func (s *schema) encodeNamed(x string, t ast.Expr) string {
	name := typeName(t)
	switch name {
	case "bool":
		return fmt.Sprintf("e.Bool(%s)", x)
	case "int":
		return fmt.Sprintf("e.Int(int64(%s))", x)
	case "uint32":
		return fmt.Sprintf("e.Uint(uint64(%s))", x)
	case "float64":
		return fmt.Sprintf("e.Float(%s)", x)
	case "any":
		return fmt.Sprintf("e.Any(%s)", x)
	case "Array":
		return fmt.Sprintf("e.Array(%s)", x)
	case "Updates":
		return fmt.Sprintf("e.updates(%s)", x)
	}
	if name == "string" || s.enumName[name] {
		return fmt.Sprintf("e.String(%s)", x)
	}
	return fmt.Sprintf("%s.AppendTo(e)", strings.TrimPrefix(x, "*"))
}

// grouped protects a dereference from what follows it.
func grouped(x string) string {
	if strings.HasPrefix(x, "*") {
		return "(" + x + ")"
	}
	return x
}

func (s *schema) encodeList(x string, t *ast.ArrayType, null bool) string {
	all := x
	if t.Len != nil {
		all = grouped(x) + "[:]"
	}
	item := s.baseType(t.Elt)
	var plain string
	switch {
	case item == "byte":
		plain = fmt.Sprintf("e.Bytes(%s)", x)
	case item == "float64":
		plain = fmt.Sprintf("e.floats(%s)", all)
	case item == "uint8":
		plain = fmt.Sprintf("e.uints(%s)", all)
	case item == "int":
		plain = fmt.Sprintf("e.ints(%s)", all)
	case item == "bool":
		plain = fmt.Sprintf("e.bools(%s)", all)
	case item == "string":
		plain = fmt.Sprintf("e.strings(%s)", all)
	case item == "[2]float64":
		plain = fmt.Sprintf("e.pairs(%s)", all)
	default:
		plain = fmt.Sprintf("e.ArrayHeader(len(%s))\nfor _, v := range %s {\n%s\n}", x, x, s.encodeValue("v", t.Elt, false))
	}
	if null {
		return fmt.Sprintf("if %s == nil {\ne.Nil()\n} else {\n%s\n}", x, plain)
	}
	return plain
}

// baseType is a type as Go text, with enums as the strings that they are.
func (s *schema) baseType(t ast.Expr) string {
	if s.enumName[typeName(t)] {
		return "string"
	}
	return types.ExprString(t)
}
