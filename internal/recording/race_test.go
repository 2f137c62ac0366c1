//go:build race

package recording

// everyNth: of long lists of cases, tests do one of so many. The race detector makes them ten times slower; ci/test.sh also
// runs them without it.
const everyNth = 10
