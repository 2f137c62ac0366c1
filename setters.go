package viser

// replaceOptional stores a copy of what v points to and reports whether that
// changes the property; nil is a value of its own.
func replaceOptional[T comparable](field **T, v *T) (changed bool) {
	old := *field
	if old == nil && v == nil || old != nil && v != nil && *old == *v {
		return false
	}
	*field = copyOf(v)
	return true
}
