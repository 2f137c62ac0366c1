package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// nodePropsHead is the client's description of a property.
const nodePropsHead = `/** What the page's property editor knows of a property of a node. */
export interface NodeProp {
  /** Its name on the wire. */
  key: string;
  /** A phrase: what it is, its unit, its default. */
  doc: string;
  kind:
    | "number"
    | "integer"
    | "boolean"
    | "choice"
    | "text"
    | "color"
    /** As many numbers as size says. */
    | "numbers"
    /** As many booleans as size says. */
    | "booleans"
    /** One number, or one for each axis. */
    | "scale"
    /** Whether, or how much: 0 to 1. */
    | "shade"
    | "array"
    | "bytes"
    /** How other properties are encoded: alone it can't be changed. */
    | "encoding"
    | "data";
  /** May be null. */
  optional?: true;
  values?: readonly string[];
  size?: number;
  /** Of an array: the shape of a row. */
  row?: readonly number[];
  min?: number;
  max?: number;
  /** Bounds that are out of bounds themselves. */
  above?: number;
  below?: number;
}

`

// bounds are what the checks of the public setters allow, for the page.
var bounds = map[string]string{
	"":             "",
	"positive":     "above: 0",
	"notnegative":  "min: 0",
	"unit":         "min: 0, max: 1",
	"spot":         "min: 0, max: Math.PI / 2",
	"fov":          "above: 0, below: Math.PI",
	"subdivisions": "min: 0, max: 8",
	"segments":     "min: 3, max: 65536",
	"scale":        "",
	"size":         "",
	"lengths":      "above: 0",
	"direction":    "",
}

// encodings are enums that describe the encoding of another property.
var encodings = map[string]bool{"ImageFormat": true, "PointPrecision": true}

// nodePropsFile describes the properties of every kind of node.
func nodePropsFile(s *schema) ([]byte, error) {
	var b strings.Builder
	b.WriteString(banner)
	b.WriteString(nodePropsHead)
	b.WriteString("/** By the type of the message that creates the node. */\n")
	b.WriteString("export const NODE_PROPS: Readonly<Record<string, readonly NodeProp[]>> = {\n")
	for _, m := range s.of("message") {
		props := s.nodeProps(m)
		if props == nil {
			continue
		}
		fmt.Fprintf(&b, "  %s: [\n", m.name)
		for _, f := range props.fields {
			text, err := s.nodeProp(f)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", props.name, f.name, err)
			}
			fmt.Fprintf(&b, "    { %s },\n", text)
		}
		b.WriteString("  ],\n")
	}
	b.WriteString("};\n")
	return []byte(b.String()), nil
}

// nodeProps are the properties that the message creates a node with; nil if it creates none.
func (s *schema) nodeProps(m *structure) *structure {
	if m.info.entity != "scene" || m.info.phase != "create" {
		return nil
	}
	for _, f := range m.fields {
		if f.key == "props" {
			return s.byName[typeName(f.expr)]
		}
	}
	return nil
}

func (s *schema) nodeProp(f *field) (string, error) {
	doc, err := json.Marshal(f.doc)
	if err != nil {
		return "", err
	}
	parts := []string{"key: " + strconv.Quote(f.key), "doc: " + string(doc)}
	parts = append(parts, s.propKind(f)...)
	_, pointer := f.expr.(*ast.StarExpr)
	if pointer || f.null {
		parts = append(parts, "optional: true")
	}
	if text := bounds[f.check]; text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, ", "), nil
}

func (s *schema) propKind(f *field) []string {
	expr := f.expr
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	name := types.ExprString(expr)
	kind := func(k string) string { return "kind: " + strconv.Quote(k) }
	switch {
	case encodings[name]:
		return []string{kind("encoding")}
	case s.enumName[name]:
		return []string{kind("choice"), "values: [" + strings.Join(quoted(s.valuesOf(name)), ", ") + "]"}
	case name == "Array":
		return append([]string{kind("array")}, rowShape(f.doc)...)
	}
	if k, ok := map[string]string{
		"float64": "number", "int": "integer", "uint32": "integer", "bool": "boolean", "string": "text", "[3]uint8": "color",
		"FloatOrVec3": "scale", "BoolOrFloat": "shade", "[]byte": "bytes",
	}[name]; ok {
		return []string{kind(k)}
	}
	if list, ok := expr.(*ast.ArrayType); ok && list.Len != nil {
		size := "size: " + list.Len.(*ast.BasicLit).Value
		switch typeName(list.Elt) {
		case "float64":
			return []string{kind("numbers"), size}
		case "bool":
			return []string{kind("booleans"), size}
		}
	}
	return []string{kind("data")}
}

func (s *schema) valuesOf(enum string) []string {
	for _, e := range s.enums {
		if e.name == enum {
			return e.values
		}
	}
	return nil
}

var (
	rowPhrase  = regexp.MustCompile(`\b(?:(\w+) (by|or) )?(\w+)(?: \w+)?(?: \w+)? per row\b`)
	rowNumbers = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "eight": 8}
)

// rowShape parses the shape of an array's row from its comment, which documents it anyway.
func rowShape(doc string) []string {
	m := rowPhrase.FindStringSubmatch(doc)
	if m == nil || m[2] == "or" {
		return nil
	}
	last, first := rowNumbers[m[3]], rowNumbers[m[1]]
	switch {
	case last == 0:
		return nil
	case m[1] == "":
		return []string{fmt.Sprintf("row: [%d]", last)}
	case first == 0:
		return nil
	}
	return []string{fmt.Sprintf("row: [%d, %d]", first, last)}
}
