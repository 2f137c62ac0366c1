package viser

import "github.com/viser-go/viser/internal/wire"

// reports are what a page was told to report; it reports nothing else of the kind.
type reports struct{ selects, measures bool }

// tellReports tells pages what they are to report.
func (s *Scene) tellReports() {
	if s.client != nil {
		s.client.tellReports()
		return
	}
	for _, c := range s.server.sessionClients() {
		c.tellReports()
	}
}

// tellReports tells the page whether it is to report what its user selects and measures. One that was told nothing does
// not.
func (c *Client) tellReports() {
	if !c.extended {
		return
	}
	c.telling.Lock()
	defer c.telling.Unlock()
	all, own := c.server.scene, c.scene
	if selects := !all.selects.Empty() || !own.selects.Empty(); selects != c.told.selects {
		c.told.selects = selects
		c.scope.SetPageCell("selection reports", &wire.SelectionReportsMessage{Enabled: selects})
	}
	if measures := !all.measures.Empty() || !own.measures.Empty(); measures != c.told.measures {
		c.told.measures = measures
		c.scope.SetPageCell("measure reports", &wire.MeasureReportsMessage{Enabled: measures})
	}
}
