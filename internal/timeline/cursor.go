package timeline

import "github.com/viser-go/viser/internal/fold"

// A cursor is a state that was built, from which later ones follow soon.
type cursor struct {
	base  *fold.State // of the segment
	n     int         // how many of its steps
	state *fold.State
}

// move returns the state of a time. It is not to be changed.
func (c *cursor) move(v view, t float64) *fold.State {
	s := &v[v.at(t)]
	n := s.until(t)
	if c.base != s.base || c.n > n {
		*c = cursor{base: s.base, state: s.base}
	}
	c.state, c.n = s.apply(c.state, c.n, n), n
	return c.state
}
