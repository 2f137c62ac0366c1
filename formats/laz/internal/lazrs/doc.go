// Package lazrs is the decoder of LAZ, the Rust crate "laz" 0.13.0 of Thomas Montaigu, translated to Go: build.sh
// compiles it, with the few functions of rust/src/lib.rs around it, to WebAssembly, and that to lazrs.go. What it does
// stays within its own memory, a slice of bytes of at most 256 MiB. On damaged data it may panic.
//
// The crate is under the license of LICENSE, and so is its translation:
//
//	(c) 2019-2023 Thomas Montaigu
//	(c) 2007-2015 Martin Isenburg, rapidlasso (the original LASzip in C++)
package lazrs
