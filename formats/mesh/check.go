package mesh

import "fmt"

// Check returns why the slices of a model do not fit together, or nil. What the readers return always does.
func (m *Model) Check() error {
	for i := range m.Parts {
		p := &m.Parts[i]
		if err := p.check(len(m.Materials)); err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
	}
	return nil
}

func (p *Part) check(materials int) error {
	n := len(p.Points)
	switch {
	case p.Normals != nil && len(p.Normals) != n:
		return fmt.Errorf("%d normals for %d points", len(p.Normals), n)
	case p.Colors != nil && len(p.Colors) != n:
		return fmt.Errorf("%d colors for %d points", len(p.Colors), n)
	case p.Alphas != nil && len(p.Alphas) != n:
		return fmt.Errorf("%d alphas for %d points", len(p.Alphas), n)
	case p.UVs != nil && len(p.UVs) != n:
		return fmt.Errorf("%d texture coordinates for %d points", len(p.UVs), n)
	case p.Material < -1 || p.Material >= materials:
		return fmt.Errorf("material %d; there are %d", p.Material, materials)
	}
	for _, f := range p.Faces {
		if int64(max(f[0], f[1], f[2])) >= int64(n) {
			return fmt.Errorf("face %v names a point that is not there: there are %d", f, n)
		}
	}
	for _, l := range p.Lines {
		if int64(max(l[0], l[1])) >= int64(n) {
			return fmt.Errorf("line %v names a point that is not there: there are %d", l, n)
		}
	}
	return nil
}
