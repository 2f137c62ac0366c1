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
		fmt.Fprintf(&b, "%q: {%s},\n", st.name, infoFields(st))
	}
	b.WriteString("}\n")
	return goFile("", &b)
}

func infoFields(st *structure) string {
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
	return out
}
