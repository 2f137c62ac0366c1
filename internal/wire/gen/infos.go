package main

import (
	"fmt"
	"strings"
)

var directionNames = map[string]string{"s2c": "ServerToClient", "c2s": "ClientToServer", "both": "BothWays"}

func infosFile(s *schema) ([]byte, error) {
	var b strings.Builder
	b.WriteString("// Infos has an entry for every type of message. It is shared: do not write to it.\nvar Infos = map[string]Info{\n")
	for _, st := range s.of("message") {
		fmt.Fprintf(&b, "%q: {%s},\n", st.name, s.infoFields(st))
	}
	b.WriteString("}\n")
	return goFile("", &b)
}

func (s *schema) infoFields(st *structure) string {
	in := st.info
	out := fmt.Sprintf("Type: %q, Direction: %s", st.name, directionNames[in.direction])
	if in.entity != "" {
		out += fmt.Sprintf(", Entity: %q, Phase: %q, IDField: %q", in.entity, in.phase, in.idField)
	}
	if in.inScene {
		out += ", InScene: true"
	}
	if in.extension {
		out += ", Extension: true"
	}
	if extended := s.extendedProps(st); len(extended) > 0 {
		out += fmt.Sprintf(", Extended: %#v", extended)
	}
	return out
}

// extendedProps are the properties of what the message creates that only the Extended dialect has.
func (s *schema) extendedProps(st *structure) (keys []string) {
	for _, f := range st.fields {
		if f.key != "props" {
			continue
		}
		for _, props := range s.structs {
			for _, p := range props.fields {
				if props.name == typeName(f.expr) && p.extension {
					keys = append(keys, p.key)
				}
			}
		}
	}
	return keys
}
