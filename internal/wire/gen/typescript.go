package main

import (
	"fmt"
	"go/ast"
	"strconv"
	"strings"
)

// typescriptHead has the TypeScript definitions of the schema's named types.
const typescriptHead = `export type Vec2 = [number, number];
export type Vec3 = [number, number, number];
export type Vec4 = [number, number, number, number];
export type Int4 = [number, number, number, number];
/** Red, green, blue: 0 to 255. */
export type RGB = [number, number, number];
/** Red, green, blue, alpha: 0 to 255. */
export type RGBA = [number, number, number, number];

/** A name of the palette, a color of its own, or null for the theme's color. */
export type Color = LiteralColor | RGB | null;
/** Levels of detail: the page's choice, none, or pairs of distance and share of triangles kept. */
export type LOD = "auto" | "off" | Vec2[];
/** Where a panel goes; x and y in pixels, null for the page's choice. */
export type Placement =
  | { kind: "edge"; edge: "left" | "right" }
  | { kind: "split"; anchor_uuid: string; side: "above" | "below" }
  | { kind: "float"; x: number | null; y: number | null };

`

func typescriptFile(s *schema) ([]byte, error) {
	var b strings.Builder
	b.WriteString(banner)
	b.WriteString(typescriptHead)
	for _, e := range s.enums {
		writeDoc(&b, "", e.doc)
		writeUnion(&b, e.name, quoted(e.values))
	}
	for _, st := range s.structs {
		if st.kind == "header" {
			continue
		}
		if err := s.writeInterface(&b, st); err != nil {
			return nil, err
		}
	}
	b.WriteString("/** Messages that the page receives. */\n")
	received := s.names("c2s")
	writeUnion(&b, "ServerMessage", received)
	writeTypeNames(&b, received)
	b.WriteString("/** Messages that the page sends. */\n")
	writeUnion(&b, "ClientMessage", s.names("s2c"))
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// writeTypeNames lists the types of the messages that the page receives, for lookups.
func writeTypeNames(b *strings.Builder, names []string) {
	b.WriteString("/** The types of all messages that the page receives. */\n")
	b.WriteString("export const SERVER_MESSAGE_TYPES: ReadonlySet<string> = new Set<ServerMessage[\"type\"]>([\n")
	for _, name := range names {
		fmt.Fprintf(b, "  %q,\n", name)
	}
	b.WriteString("]);\n\n")
}

// names lists all messages but those of the given direction.
func (s *schema) names(but string) []string {
	var out []string
	for _, st := range s.of("message") {
		if st.info.direction != but {
			out = append(out, st.name)
		}
	}
	return out
}

func quoted(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.Quote(v)
	}
	return out
}

// lineWidth is where the page's formatter breaks lines.
const lineWidth = 100

func writeUnion(b *strings.Builder, name string, members []string) {
	line := fmt.Sprintf("export type %s = %s;", name, strings.Join(members, " | "))
	if len(line) <= lineWidth {
		b.WriteString(line + "\n\n")
		return
	}
	fmt.Fprintf(b, "export type %s =\n  | %s;\n\n", name, strings.Join(members, "\n  | "))
}

// writeInterface writes a structure. Props are a type alias, which can be read as a record; an
// interface cannot.
func (s *schema) writeInterface(b *strings.Builder, st *structure) error {
	writeDoc(b, "", st.doc)
	head, tail := "interface "+st.name, "}"
	if st.kind == "props" {
		head, tail = "type "+st.name+" =", "};"
	}
	fmt.Fprintf(b, "export %s {\n", head)
	if st.kind == "message" {
		fmt.Fprintf(b, "  type: %q;\n", st.name)
	}
	for _, f := range st.fields {
		t, err := s.tsField(f)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", st.name, f.name, err)
		}
		optional := ""
		if f.optional() {
			optional = "?"
		}
		writeDoc(b, "  ", f.doc)
		fmt.Fprintf(b, "  %s%s: %s;\n", f.key, optional, t)
	}
	b.WriteString(tail + "\n\n")
	return nil
}

func writeDoc(b *strings.Builder, indent, doc string) {
	doc = strings.TrimSpace(doc)
	if doc == "" {
		return
	}
	lines := strings.Split(doc, "\n")
	if len(lines) == 1 {
		fmt.Fprintf(b, "%s/** %s */\n", indent, lines[0])
		return
	}
	fmt.Fprintf(b, "%s/**\n", indent)
	for _, line := range lines {
		b.WriteString(strings.TrimRight(indent+" * "+line, " ") + "\n")
	}
	fmt.Fprintf(b, "%s */\n", indent)
}

func (s *schema) tsField(f *field) (string, error) {
	if f.ts != "" {
		return f.ts, nil
	}
	t, err := s.tsType(f.expr, f.dtypes)
	if f.null && !strings.HasSuffix(t, " | null") { // a pointer is null already
		t += " | null"
	}
	return t, err
}

var tsNames = map[string]string{
	"string": "string", "bool": "boolean", "int": "number", "uint32": "number", "float64": "number",
	"any": "Record<string, unknown>", "Updates": "Record<string, unknown>", "FloatOrVec3": "number | Vec3",
	"BoolOrFloat": "boolean | number", "Color": "Color", "LOD": "LOD", "Placement": "Placement",
}

var tsArrays = map[string]string{
	"<f2": "Uint16Array", "<f4": "Float32Array", "<f8": "Float64Array",
	"|u1": "Uint8Array", "<u2": "Uint16Array", "<u4": "Uint32Array",
}

func (s *schema) tsType(t ast.Expr, dtypes []string) (string, error) {
	switch t := t.(type) {
	case *ast.StarExpr:
		inner, err := s.tsType(t.X, dtypes)
		return inner + " | null", err
	case *ast.MapType:
		return "Record<string, unknown>", nil
	case *ast.ArrayType:
		return s.tsList(t, dtypes)
	}
	name := typeName(t)
	if name == "Array" {
		return tsArray(dtypes)
	}
	if ts, ok := tsNames[name]; ok {
		return ts, nil
	}
	if s.enumName[name] || s.byName[name] != nil {
		return name, nil
	}
	return "", fmt.Errorf("%s has no type on the page", name)
}

func tsArray(dtypes []string) (string, error) {
	var out []string
	for _, dtype := range dtypes {
		ts, ok := tsArrays[dtype]
		if !ok {
			return "", fmt.Errorf("no typed array for %q", dtype)
		}
		out = append(out, ts)
	}
	if len(out) == 0 {
		return "", fmt.Errorf("an Array needs a dtype tag")
	}
	return strings.Join(out, " | "), nil
}

// tsTuples are the names of fixed lists, by length and element.
var tsTuples = map[string]string{
	"2 float64": "Vec2", "3 float64": "Vec3", "4 float64": "Vec4", "3 uint8": "RGB", "4 uint8": "RGBA", "4 int": "Int4",
}

func (s *schema) tsList(t *ast.ArrayType, dtypes []string) (string, error) {
	if typeName(t.Elt) == "byte" {
		return "Uint8Array", nil
	}
	if t.Len != nil {
		if name, ok := tsTuples[t.Len.(*ast.BasicLit).Value+" "+typeName(t.Elt)]; ok {
			return name, nil
		}
	}
	item, err := s.tsType(t.Elt, dtypes)
	if err != nil {
		return "", err
	}
	if t.Len != nil {
		n, err := strconv.Atoi(t.Len.(*ast.BasicLit).Value)
		return "[" + strings.Repeat(item+", ", n-1) + item + "]", err
	}
	if strings.Contains(item, " | ") {
		item = "(" + item + ")"
	}
	return item + "[]", nil
}
