package wire

// SetSelectionMessage selects nodes on the page, in place of what is selected there. It is of the viser-go.v1 dialect. A
// page that has already followed the message of that revision ignores it: its user may have selected something else
// since. Names of which the page has no node, once it has been sent everything, are ignored.
//
//wire:message s2c inscene extension
type SetSelectionMessage struct {
	// the paths of the nodes, of any scope; empty for none
	Names []string `wire:"names"`
	// another one each time the program selects something, also after a restart; 0 for nothing that was ever selected
	Revision int `wire:"revision"`
}

// SelectionReportsMessage says whether the page is to report what its user selects. It is of the viser-go.v1 dialect.
// Without one it does not.
//
//wire:message s2c extension
type SelectionReportsMessage struct {
	// whether reports are wanted
	Enabled bool `wire:"enabled"`
}

// SelectionMessage reports what is selected on the page after its user has changed that. It is of the viser-go.v1
// dialect.
//
//wire:message c2s extension
type SelectionMessage struct {
	// the paths of all selected nodes, at most 10,000, in the order in which they were selected
	Names []string `wire:"names"`
	// the scope of each of the nodes: "" for the server's scene, else the client's id
	Owners []string `wire:"owners"`
	// that of the last SetSelectionMessage that the page has followed; 0 if there was none. A server ignores the report
	// if it has sent another one since, which takes the place of the user's selection
	Revision int `wire:"revision"`
}
