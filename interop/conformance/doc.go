// Package conformance has only tests: the requirements of viser 1.1's protocol on a
// server, tested on ours over a plain socket. The numbers in the tests' names are those
// of the list of conformance points that the project keeps. Unlike the tests one
// directory up, these need nothing but Go.
package conformance
