// Command gen reads the schema, the structs in internal/wire/schema_*.go, and writes what follows from it:
//
//   - internal/wire/encode_gen.go, decode_gen.go, props_gen.go, infos_gen.go
//   - internal/wire/pagewire/decode_gen.go
//   - client/src/protocol/messages.gen.ts, nodeProps.gen.ts, entities.gen.ts
//   - scene_props_gen.go, gui_props_gen.go: getters and setters of the public handles
//   - scene_options_gen.go: the options of the nodes
//
// It runs in internal/wire, by go generate. Its output depends on nothing but the schema.
//
// # The schema's language
//
// A directive in a type's comment declares its kind:
//
//	//wire:enum                     a string of which the constants below it are the known values
//	//wire:header                   fields that messages embed
//	//wire:value                    a map inside a message
//	//wire:props                    a map of properties; gets constants, Keys and AppendField
//	//wire:message DIR [ENTITY/PHASE] [id=KEY] [inscene] [extension]
//
// A field's tag `wire:"key,option"` has its key in messages and, as options, null (the zero value is sent as null),
// default (may be missing when received), omitzero (omitted when zero) and extension (only in viser-go.v1; omitted
// when null; such fields are last). Pointers are null when nil. `dtype:"…"` lists the element types of an array,
// and `ts:"…"` overrides the TypeScript type. For the public accessors and options, `check:"…"` names their check
// and `api:"…"` overrides the name. A field's comment is a phrase that completes "returns …" or "reports …", with
// units and the default, which the options take from it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// Outputs outside the schema's package, seen from there.
const (
	pageTypes  = "../../client/src/protocol/messages.gen.ts"
	nodeProps  = "../../client/src/protocol/nodeProps.gen.ts"
	entities   = "../../client/src/protocol/entities.gen.ts"
	sceneProps = "../../scene_props_gen.go"
	sceneOpts  = "../../scene_options_gen.go"
	guiProps   = "../../gui_props_gen.go"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	outputs, err := generate(dir)
	if err != nil {
		return err
	}
	for _, out := range outputs {
		if err := os.WriteFile(filepath.Join(dir, out.path), out.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

type output struct {
	path string // from the schema's directory
	text []byte
}

func generate(dir string) ([]output, error) {
	s, err := parseSchema(dir)
	if err != nil {
		return nil, err
	}
	var outputs []output
	for _, file := range []struct {
		path  string
		write func(*schema) ([]byte, error)
	}{
		{"encode_gen.go", encodeFile},
		{"decode_gen.go", inboundFile},
		{"pagewire/decode_gen.go", outboundFile},
		{"props_gen.go", propsFile},
		{"infos_gen.go", infosFile},
		{pageTypes, typescriptFile},
		{nodeProps, nodePropsFile},
		{entities, entitiesFile},
		{sceneProps, sceneAccessors},
		{sceneOpts, sceneOptions},
		{guiProps, guiAccessors},
	} {
		text, err := file.write(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.path, err)
		}
		outputs = append(outputs, output{file.path, text})
	}
	return outputs, nil
}
