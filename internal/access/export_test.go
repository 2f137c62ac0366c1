package access

// KnownGuessers returns how many addresses are remembered.
func KnownGuessers(g *Guesses) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.known)
}
