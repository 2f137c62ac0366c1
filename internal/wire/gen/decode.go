package main

import (
	"fmt"
	"strings"
)

func decodeFile(s *schema) ([]byte, error) {
	var b strings.Builder
	for _, st := range s.structs {
		if st.kind == "header" {
			continue
		}
		writeKeys(&b, st)
		s.decodeMethod(&b, st)
	}
	return goFile("", &b)
}

func keysVar(st *structure) string { return "keysOf" + st.name }

// writeKeys declares the fields' wire keys, for Keys and for the report of a missing field.
func writeKeys(b *strings.Builder, st *structure) {
	if st.kind != "props" && mask(st) == 0 {
		return
	}
	fmt.Fprintf(b, "var %s = []string{", keysVar(st))
	for i, f := range st.fields {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "%q", f.key)
	}
	b.WriteString("}\n\n")
}

// mask has a bit for each field that a message must bring. Properties may all be missing: other versions of
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

func (s *schema) decodeMethod(b *strings.Builder, st *structure) {
	recv, required := "m", mask(st)
	if st.kind != "message" {
		recv = "p"
	}
	fmt.Fprintf(b, "func (%s *%s) decode(d *decoder) {\n", recv, st.name)
	if required != 0 {
		b.WriteString("var seen uint32\n")
	}
	b.WriteString("for n := d.mapLen(); n > 0 && d.err == nil; n-- {\nkey := d.key()\nif d.null() {\ncontinue\n}\nswitch string(key) {\n")
	for i, f := range st.fields {
		fmt.Fprintf(b, "case %q:\n%s\n", f.key, s.decodeInto(recv+"."+f.name, f.expr))
		if required>>i&1 == 1 {
			fmt.Fprintf(b, "seen |= 1 << %d\n", i)
		}
	}
	if st.kind == "message" {
		b.WriteString("case \"type\":\nd.skip()\n")
	}
	b.WriteString("default:\nd.skipUnknown()\n}\nif d.err != nil {\nd.at(string(key))\nreturn\n}\n}\nd.shut()\n")
	if required != 0 {
		fmt.Fprintf(b, "d.require(seen, 0x%x, %s)\n", required, keysVar(st))
	}
	b.WriteString("}\n\n")
}
