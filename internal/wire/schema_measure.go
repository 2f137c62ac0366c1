package wire

// MeasureKind is what a user has measured. It is of the viser-go.v1 dialect.
//
//wire:enum
type MeasureKind = string

// The values of MeasureKind.
const (
	MeasureKindPoint    MeasureKind = "point"    // one point
	MeasureKindDistance MeasureKind = "distance" // between two points
	MeasureKindAngle    MeasureKind = "angle"    // at the second of three points
	MeasureKindPolyline MeasureKind = "polyline" // the length along two or more points
	MeasureKindArea     MeasureKind = "area"     // of the polygon of three or more points
	MeasureKindSurface  MeasureKind = "surface"  // from the first point to the nearest one of a surface, which is the second
)

// SetLengthUnitMessage says in which unit lengths are that the page tells. It is of the viser-go.v1 dialect.
//
//wire:message s2c extension
type SetLengthUnitMessage struct {
	// the unit, as "m"; "" for none
	Unit string `wire:"unit"`
}

// MeasureReportsMessage says whether the page is to report what its user measures. It is of the viser-go.v1 dialect.
// Without one it does not.
//
//wire:message s2c extension
type MeasureReportsMessage struct {
	// whether reports are wanted
	Enabled bool `wire:"enabled"`
}

// MeasureMessage reports a measurement when its user has completed it, or has moved one of its points. It is of the
// viser-go.v1 dialect.
//
//wire:message c2s extension
type MeasureMessage struct {
	// what was measured
	Kind MeasureKind `wire:"kind"`
	// the points in the world frame, in scene units; at most 1,000
	Points [][3]float64 `wire:"points"`
	// for each point the path of the node that it was placed on; "" for none
	Names []string `wire:"names"`
	// the scope of each of the nodes: "" for the server's scene, else the client's id
	Owners []string `wire:"owners"`
}
