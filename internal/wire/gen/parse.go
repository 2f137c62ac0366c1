package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

func parseSchema(dir string) (*schema, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "schema_*.go"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no schema_*.go in %s; run it by go generate", dir)
	}
	slices.Sort(paths)
	s := &schema{byName: map[string]*structure{}, enumName: map[string]bool{}}
	var files []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		s.readEnums(file)
	}
	for _, pass := range []bool{true, false} { // headers and embedded props must be read first
		for _, file := range files {
			if err := s.readStructs(file, pass); err != nil {
				return nil, err
			}
		}
	}
	return s, s.check()
}

// check finds types that no part of the generator supports, and fields without a
// comment: it is the documentation of what is generated from them.
func (s *schema) check() error {
	for _, st := range s.structs {
		for _, f := range st.fields {
			if name, ok := s.unknownType(f.expr); ok {
				return fmt.Errorf("%s.%s: the schema has no type %s", st.name, f.name, name)
			}
			if f.doc == "" {
				return fmt.Errorf("%s.%s: has no comment", st.name, f.name)
			}
		}
	}
	return nil
}

func (s *schema) unknownType(t ast.Expr) (string, bool) {
	switch t := t.(type) {
	case *ast.StarExpr:
		return s.unknownType(t.X)
	case *ast.ArrayType:
		if typeName(t.Elt) == "byte" {
			return "", false
		}
		return s.unknownType(t.Elt)
	}
	text := s.baseType(t)
	_, hasReader := readers[text]
	return text, !hasReader && s.byName[text] == nil && text != "map[string]any"
}

// directive is what follows "//wire:" in a comment.
func directive(doc *ast.CommentGroup) (string, bool) {
	if doc == nil {
		return "", false
	}
	for _, c := range doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//wire:"); ok {
			return rest, true
		}
	}
	return "", false
}

func (s *schema) readEnums(file *ast.File) {
	for _, decl := range file.Decls {
		gd, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		if d, ok := directive(gd.Doc); ok && d == "enum" {
			name := gd.Specs[0].(*ast.TypeSpec).Name.Name
			s.enums = append(s.enums, &enum{name: name, doc: gd.Doc.Text()})
			s.enumName[name] = true
		}
		if gd.Tok == token.CONST {
			s.readValues(gd)
		}
	}
}

func (s *schema) readValues(gd *ast.GenDecl) {
	for _, spec := range gd.Specs {
		vs := spec.(*ast.ValueSpec)
		for _, e := range s.enums {
			if e.name != typeName(vs.Type) {
				continue
			}
			for _, v := range vs.Values {
				text, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err == nil {
					e.values = append(e.values, text)
				}
			}
		}
	}
}

// bases are the properties that others embed.
var bases = map[string]bool{"GuiBaseProps": true, "ScalarProps": true}

// readStructs reads the structs that others embed, or all the rest.
func (s *schema) readStructs(file *ast.File, embedded bool) error {
	for _, decl := range file.Decls {
		gd, ok := decl.(*ast.GenDecl)
		if !ok || gd.Tok != token.TYPE {
			continue
		}
		d, ok := directive(gd.Doc)
		spec := gd.Specs[0].(*ast.TypeSpec)
		body, isStruct := spec.Type.(*ast.StructType)
		if !ok || !isStruct || embedded != (d == "header" || bases[spec.Name.Name]) {
			continue
		}
		st := &structure{name: spec.Name.Name, doc: gd.Doc.Text()}
		if err := st.readDirective(d); err != nil {
			return err
		}
		if err := s.readFields(st, body); err != nil {
			return err
		}
		s.structs = append(s.structs, st)
		s.byName[st.name] = st
	}
	return nil
}

func (st *structure) readDirective(text string) error {
	tokens := strings.Fields(text)
	st.kind = tokens[0]
	if st.kind != "message" {
		return nil
	}
	st.info.direction = tokens[1]
	for _, word := range tokens[2:] {
		entity, phase, isLife := strings.Cut(word, "/")
		id, isID := strings.CutPrefix(word, "id=")
		switch {
		case isID:
			st.info.idField = id
		case isLife:
			st.info.entity, st.info.phase = entity, phase
		case word == "inscene":
			st.info.inScene = true
		case word == "extension":
			st.info.extension = true
		default:
			return fmt.Errorf("%s: %q is no part of a message directive", st.name, word)
		}
	}
	return nil
}

func (s *schema) readFields(st *structure, body *ast.StructType) error {
	for _, f := range body.Fields.List {
		if len(f.Names) == 0 {
			if err := s.embed(st, typeName(f.Type)); err != nil {
				return err
			}
			continue
		}
		for _, name := range f.Names {
			parsed, err := readField(name.Name, f)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", st.name, name.Name, err)
			}
			if n := len(st.fields); n > 0 && st.fields[n-1].extension && !parsed.extension {
				return fmt.Errorf("%s.%s: follows an extension; extensions come last", st.name, name.Name)
			}
			st.fields = append(st.fields, parsed)
		}
	}
	return nil
}

func (s *schema) embed(st *structure, name string) error {
	base, ok := s.byName[name]
	if !ok {
		return fmt.Errorf("%s embeds %s, which is no header", st.name, name)
	}
	for _, f := range base.fields {
		copied := *f
		copied.header = base.kind == "header"
		st.fields = append(st.fields, &copied)
	}
	return nil
}

func readField(name string, f *ast.Field) (*field, error) {
	if f.Tag == nil {
		return nil, fmt.Errorf("has no wire tag")
	}
	raw, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		return nil, err
	}
	tag := reflect.StructTag(raw)
	parts := strings.Split(tag.Get("wire"), ",")
	out := &field{name: name, key: parts[0], expr: f.Type, ts: tag.Get("ts"), check: tag.Get("check"),
		api: tag.Get("api"), doc: strings.Join(strings.Fields(f.Doc.Text()), " ")}
	if dtypes := tag.Get("dtype"); dtypes != "" {
		out.dtypes = strings.Split(dtypes, ",")
	}
	for _, option := range parts[1:] {
		switch option {
		case "null":
			out.null = true
		case "default":
			out.deflt = true
		case "omitzero":
			out.omitZero = true
		case "extension":
			out.extension, out.null = true, true
		default:
			return nil, fmt.Errorf("%q is no option of a wire tag", option)
		}
	}
	return out, nil
}
