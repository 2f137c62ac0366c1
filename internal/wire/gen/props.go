package main

import (
	"fmt"
	"strings"
)

func propsFile(s *schema) ([]byte, error) {
	var b strings.Builder
	for _, st := range s.of("props") {
		writeIndices(&b, st)
		writeKeys(&b, st)
		fmt.Fprintf(&b, "// Keys names the properties as on the wire.\nfunc (*%s) Keys() []string { return %s }\n\n",
			st.name, keysVar(st))
		fmt.Fprintf(&b, "// Extensions counts the properties at the end of Keys that only viser-go.v1 carries.\nfunc (*%s) Extensions() int { return %d }\n\n",
			st.name, st.extensions())
		s.appendField(&b, st)
	}
	return goFile("import \"strconv\"\n\n", &b)
}

func keysVar(st *structure) string { return "keysOf" + st.name }

// writeKeys declares the fields' keys on the wire.
func writeKeys(b *strings.Builder, st *structure) {
	fmt.Fprintf(b, "var %s = []string{", keysVar(st))
	for i, f := range st.fields {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "%q", f.key)
	}
	b.WriteString("}\n\n")
}

func writeIndices(b *strings.Builder, st *structure) {
	fmt.Fprintf(b, "// Indices into the Keys of %s.\nconst (\n", st.name)
	for i, f := range st.fields {
		fmt.Fprintf(b, "%s%s = %d\n", st.name, f.name, i)
	}
	b.WriteString(")\n\n")
}

func (s *schema) appendField(b *strings.Builder, st *structure) {
	fmt.Fprintf(b, "// AppendField writes the value of property i of Keys; it panics if there is none.\n")
	fmt.Fprintf(b, "func (p *%s) AppendField(e *Encoder, i int) {\nswitch i {\n", st.name)
	for i, f := range st.fields {
		fmt.Fprintf(b, "case %d:\n%s\n", i, s.encodeValue("p."+f.name, f.expr, f.null))
	}
	fmt.Fprintf(b, "default:\npanic(\"wire: %s has no property \" + strconv.Itoa(i))\n}\n}\n\n", st.name)
}
