package main

import "go/ast"

// schema is everything that the schema files declare, in the order of the files' names and their lines.
type schema struct {
	enums    []*enum
	structs  []*structure
	byName   map[string]*structure
	enumName map[string]bool
}

type enum struct {
	name   string
	doc    string
	values []string
}

type structure struct {
	name   string
	kind   string // header, value, props or message
	doc    string
	fields []*field // embedded ones first, flattened
	info   info     // of messages
}

// info mirrors wire.Info.
type info struct {
	direction, entity, phase, idField string
	inScene, extension                bool
}

type field struct {
	name      string // in Go
	key       string // on the wire
	doc       string
	expr      ast.Expr // its Go type
	null      bool
	deflt     bool
	omitZero  bool
	extension bool // only viser-go.v1 carries it
	dtypes    []string
	ts        string // override of the page's type
	check     string // of the public setter; see rules
	api       string // override of the public name
	header    bool   // from an embedded header
}

func (s *schema) of(kind string) []*structure {
	var out []*structure
	for _, st := range s.structs {
		if st.kind == kind {
			out = append(out, st)
		}
	}
	return out
}

// required reports whether a received message must have the field: it can't be null and has no default.
func (f *field) required() bool {
	_, pointer := f.expr.(*ast.StarExpr)
	return !pointer && !f.null && !f.deflt && !f.optional() && typeName(f.expr) != "Color"
}

// extensions counts the fields that only viser-go.v1 carries.
func (st *structure) extensions() (n int) {
	for _, f := range st.fields {
		if f.extension {
			n++
		}
	}
	return n
}

// optional reports whether the field may be omitted if it has its default.
func (f *field) optional() bool { return f.omitZero || f.extension }

// typeName is the name of a named type, or empty for any other.
func typeName(expr ast.Expr) string {
	if id, ok := expr.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
