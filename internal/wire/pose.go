package wire

// SetPosition writes a whole SetPositionMessage. It allocates nothing once B is large enough.
func (e *Encoder) SetPosition(name, owner string, p [3]float64) {
	m := SetPositionMessage{Name: name, Position: p, Owner: owner}
	m.AppendTo(e)
}

// SetOrientation writes a whole SetOrientationMessage. It allocates nothing once B is large enough.
func (e *Encoder) SetOrientation(name, owner string, wxyz [4]float64) {
	m := SetOrientationMessage{Name: name, WXYZ: wxyz, Owner: owner}
	m.AppendTo(e)
}

// SetVisibility writes a whole SetSceneNodeVisibilityMessage. It allocates nothing once B is large enough.
func (e *Encoder) SetVisibility(name, owner string, visible bool) {
	m := SetSceneNodeVisibilityMessage{Name: name, Visible: visible, Owner: owner}
	m.AppendTo(e)
}
