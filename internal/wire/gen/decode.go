package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Servers link only the decoders of clients' messages. Those of servers' messages are
// in a separate package, for tests and benchmarks.

// inboundFile has the decoders of what pages send.
func inboundFile(s *schema) ([]byte, error) {
	return decoders{schema: s, pkg: "wire"}.file("InboundReader", "nil",
		"what pages send", func(st *structure) bool { return st.info.direction != "s2c" })
}

// outboundFile has the decoders of what only servers send.
func outboundFile(s *schema) ([]byte, error) {
	return decoders{schema: s, pkg: "pagewire", qualifier: "wire."}.file("reader", "wire.InboundReader(typ)",
		"what servers or pages send", func(st *structure) bool { return st.info.direction == "s2c" })
}

// decoders writes decoders into a package.
type decoders struct {
	*schema
	pkg       string
	qualifier string // before names of package wire
}

func (d decoders) file(reader, otherwise, what string, wanted func(*structure) bool) ([]byte, error) {
	var messages []*structure
	for _, st := range d.of("message") {
		if wanted(st) {
			messages = append(messages, st)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// %s returns the function that reads a message of a type: of %s.\n", reader, what)
	fmt.Fprintf(&b, "func %s(typ string) func(*%sDecoder) %sMessage {\nswitch typ {\n", reader, d.qualifier, d.qualifier)
	for _, st := range messages {
		fmt.Fprintf(&b, "case %q:\nreturn read%s\n", st.name, st.name)
	}
	fmt.Fprintf(&b, "}\nreturn %s\n}\n\n", otherwise)
	for _, st := range messages {
		d.message(&b, st)
	}
	for _, st := range d.parts(messages) {
		if mask(st) != 0 {
			writeKeys(&b, st)
		}
		fmt.Fprintf(&b, "func decode%s(d *%sDecoder, m *%s%s) {\n", st.name, d.qualifier, d.qualifier, st.name)
		d.body(&b, st)
		b.WriteString("}\n\n")
	}
	imports := ""
	if d.qualifier != "" {
		imports = "import \"github.com/viser-go/viser/internal/wire\"\n\n"
	}
	return goFileOf(d.pkg, imports, &b)
}

// parts are the structures inside the messages, in the schema's order.
func (d decoders) parts(messages []*structure) []*structure {
	used := map[string]bool{}
	var mark func(st *structure)
	mark = func(st *structure) {
		for _, f := range st.fields {
			ast.Inspect(f.expr, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && d.byName[id.Name] != nil && !used[id.Name] {
					used[id.Name] = true
					mark(d.byName[id.Name])
				}
				return true
			})
		}
	}
	for _, st := range messages {
		mark(st)
	}
	var out []*structure
	for _, st := range d.structs {
		if used[st.name] {
			out = append(out, st)
		}
	}
	return out
}

func (d decoders) message(b *strings.Builder, st *structure) {
	if mask(st) != 0 {
		writeKeys(b, st)
	}
	fmt.Fprintf(b, "func read%s(d *%sDecoder) %sMessage {\nm := new(%s%s)\n", st.name, d.qualifier, d.qualifier, d.qualifier, st.name)
	d.body(b, st)
	b.WriteString("return m\n}\n\n")
}

// body reads the map's entries into m.
func (d decoders) body(b *strings.Builder, st *structure) {
	required := mask(st)
	if required != 0 {
		b.WriteString("var seen uint32\n")
	}
	b.WriteString("for n := d.MapLen(); n > 0 && !d.Failed(); n-- {\nkey := d.Key()\nif d.Null() {\ncontinue\n}\nswitch string(key) {\n")
	for i, f := range st.fields {
		fmt.Fprintf(b, "case %q:\n%s\n", f.key, d.into("m."+f.name, f.expr))
		if required>>i&1 == 1 {
			fmt.Fprintf(b, "seen |= 1 << %d\n", i)
		}
	}
	if st.kind == "message" {
		b.WriteString("case \"type\":\nd.Skip()\n")
	}
	b.WriteString("default:\nd.SkipUnknown()\n}\nif d.Failed() {\nd.At(string(key))\nbreak\n}\n}\nd.Shut()\n")
	if required != 0 {
		fmt.Fprintf(b, "d.Require(seen, 0x%x, %s)\n", required, keysVar(st))
	}
}

// mask has a bit for each required field of a message. Properties may all be missing: other versions of
// viser 1.1 have more or fewer of them.
func mask(st *structure) uint32 {
	if st.kind == "props" {
		return 0
	}
	var m uint32
	for i, f := range st.fields {
		if f.required() {
			m |= 1 << i
		}
	}
	return m
}

// into returns the Go statements that read into x, an expression of type t.
func (d decoders) into(x string, t ast.Expr) string {
	if array, ok := t.(*ast.ArrayType); ok && array.Len != nil {
		return d.tuple(x, array)
	}
	if st := d.byName[typeName(t)]; st != nil {
		return fmt.Sprintf("decode%s(d, &%s)", st.name, x)
	}
	return fmt.Sprintf("%s = %s", x, d.expr(t))
}

func (d decoders) tuple(x string, t *ast.ArrayType) string {
	switch item := d.baseType(t.Elt); item {
	case "float64":
		return fmt.Sprintf("d.ReadFloat64s(%s[:])", x)
	case "uint8":
		return fmt.Sprintf("d.ReadUint8s(%s[:])", x)
	default:
		return fmt.Sprintf("%sDecodeTuple(d, %s[:], %s)", d.qualifier, x, d.function(t.Elt))
	}
}

// expr returns a Go expression that reads a value of type t.
func (d decoders) expr(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return fmt.Sprintf("%sDecodeOptional(d, %s)", d.qualifier, d.function(t.X))
	case *ast.MapType:
		return "d.ReadAnyMap()"
	case *ast.ArrayType:
		if d.baseType(t.Elt) == "byte" {
			return "d.ReadBytes()"
		}
		return fmt.Sprintf("%sDecodeSlice(d, %s)", d.qualifier, d.function(t.Elt))
	}
	return d.function(t) + "()"
}

// readers are the decoder's methods that return a value of a named type.
var readers = map[string]string{
	"string": "ReadString", "bool": "ReadBool", "int": "ReadInt", "uint8": "ReadUint8", "uint32": "ReadUint32",
	"float64": "ReadFloat64", "any": "ReadAny", "Array": "ReadArray", "Updates": "ReadUpdates", "Color": "ReadColor",
	"FloatOrVec3": "ReadFloatOrVec3", "BoolOrFloat": "ReadBoolOrFloat", "LOD": "ReadLOD", "Placement": "ReadPlacement",
}

// function returns a Go expression of type func() t.
func (d decoders) function(t ast.Expr) string {
	if reader, ok := readers[d.baseType(t)]; ok {
		return "d." + reader
	}
	_, isStar := t.(*ast.StarExpr)
	array, isArray := t.(*ast.ArrayType)
	if isStar || isArray && array.Len == nil {
		return fmt.Sprintf("func() %s { return %s }", d.typeText(t), d.expr(t))
	}
	return fmt.Sprintf("func() (v %s) {\n%s\nreturn v\n}", d.typeText(t), d.into("v", t))
}

// typeText is a type as Go text, with the names of package wire qualified.
func (d decoders) typeText(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		if ast.IsExported(t.Name) {
			return d.qualifier + t.Name
		}
	case *ast.StarExpr:
		return "*" + d.typeText(t.X)
	case *ast.ArrayType:
		length := ""
		if t.Len != nil {
			length = types.ExprString(t.Len)
		}
		return "[" + length + "]" + d.typeText(t.Elt)
	}
	return types.ExprString(t)
}
