package main

import (
	"fmt"
	"strings"
)

const entitiesHead = `/** What a message does to an entity of the page. */
export interface EntityMessage {
  entity: "scene" | "gui" | "modal" | "notification" | "command";
  phase: "create" | "remove" | "update_dict" | "update_simple";
}

/** The messages that the page receives about entities, by their type. */
export const ENTITY_MESSAGES: ReadonlyMap<string, EntityMessage> = new Map([
`

// entitiesFile is what the page's folding of recordings needs of the schema.
func entitiesFile(s *schema) ([]byte, error) {
	var b strings.Builder
	b.WriteString(banner)
	b.WriteString(entitiesHead)
	for _, st := range s.of("message") {
		if st.info.entity == "" || st.info.direction == "c2s" {
			continue
		}
		fmt.Fprintf(&b, "  [%q, { entity: %q, phase: %q }],\n", st.name, st.info.entity, st.info.phase)
	}
	b.WriteString("]);\n")
	return []byte(b.String()), nil
}
