// Package wire has the protocol between server and page: viser 1.1's messages and properties, their msgpack
// encoding, and the frames that carry them.
//
// The messages are declared once, as structs in the schema_*.go files. The generator in ./gen reads those
// files and writes what follows from them: the *_gen.go files beside this one and the page's types in
// client/src/protocol/messages.gen.ts. docs/wire.md describes the format for readers outside the code.
//
// Nothing here keeps state between calls or starts a goroutine.
package wire

//go:generate go run ./gen
