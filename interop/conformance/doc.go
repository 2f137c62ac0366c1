// Package conformance holds no code but tests: what viser 1.1's protocol asks of
// a server, put to ours through a bare socket. The numbers in the tests' names
// are those of the list of conformance points that the project keeps. Unlike the
// tests one directory up, these need nothing but Go.
package conformance
