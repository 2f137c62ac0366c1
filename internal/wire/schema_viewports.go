package wire

// ViewportLayout is how a page is divided into views. They are numbered from 0, the main one, in reading order. It is of
// the viser-go.v1 dialect.
//
//wire:enum
type ViewportLayout = string

// The values of ViewportLayout.
const (
	ViewportLayoutSingle  ViewportLayout = "single"  // one
	ViewportLayoutColumns ViewportLayout = "columns" // two, side by side
	ViewportLayoutRows    ViewportLayout = "rows"    // two, one above the other
	ViewportLayoutMain    ViewportLayout = "main"    // three: a large one, and two smaller ones at its right
	ViewportLayoutGrid    ViewportLayout = "grid"    // four
)

// SetViewportsMessage divides the page. It is of the viser-go.v1 dialect. A page that has already followed the message
// of that revision ignores it: its user may have chosen another layout since.
//
//wire:message s2c extension
type SetViewportsMessage struct {
	// the layout; a page ignores a message with one that it does not know
	Layout ViewportLayout `wire:"layout"`
	// whether the cameras of all views move together
	Linked bool `wire:"linked"`
	// another one each time the program divides the page, also after a restart
	Revision int `wire:"revision"`
}

// SetViewportHiddenMessage hides nodes in one view of the page only, in place of those that are hidden in it. It is of
// the viser-go.v1 dialect.
//
//wire:message s2c extension
type SetViewportHiddenMessage struct {
	// the number of the view
	Viewport int `wire:"viewport"`
	// the paths of the nodes, which are hidden with their descendants
	Names []string `wire:"names"`
}

// SetViewportCameraMessage sets parts of the camera of another view than the main one. It is of the viser-go.v1 dialect.
// A page keeps what it receives for a view that it does not show yet.
//
//wire:message s2c extension
type SetViewportCameraMessage struct {
	// the number of the view, from 1
	Viewport int `wire:"viewport"`
	// the camera's position, in scene units; null to leave it
	Position *[3]float64 `wire:"position"`
	// the point that the camera orbits, in scene units; null to leave it
	LookAt *[3]float64 `wire:"look_at"`
	// the direction that is up; null to leave it
	UpDirection *[3]float64 `wire:"up_direction"`
	// the vertical field of view, in radians; null to leave it
	FOV *float64 `wire:"fov"`
	// the distance of the near plane, in scene units; null to leave it
	Near *float64 `wire:"near"`
	// the distance of the far plane, in scene units; null to leave it
	Far *float64 `wire:"far"`
	// the minimum distance to the orbit center, in scene units; null to leave it
	MinOrbitDistance *float64 `wire:"min_orbit_distance"`
	// the maximum distance to the orbit center, in scene units; null to leave it
	MaxOrbitDistance *float64 `wire:"max_orbit_distance"`
	// how the view is drawn; null to leave it
	Projection *CameraProjection `wire:"projection"`
}

// ViewportsMessage reports how the page is divided, after its user has changed that, and when a page that is divided has
// connected. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type ViewportsMessage struct {
	// the layout
	Layout ViewportLayout `wire:"layout"`
	// whether the cameras of all views move together
	Linked bool `wire:"linked"`
	// that of the last SetViewportsMessage that the page has followed; 0 if there was none. A server ignores the report
	// if it has sent another one since
	Revision int `wire:"revision"`
}

// ViewportCameraMessage reports where the camera of another view than the main one is. It is of the viser-go.v1 dialect.
//
//wire:message c2s extension
type ViewportCameraMessage struct {
	// the number of the view, from 1
	Viewport int `wire:"viewport"`
	// the camera's orientation, a unit quaternion, scalar first; it looks along +z, +y down
	WXYZ [4]float64 `wire:"wxyz"`
	// the camera's position, in scene units
	Position [3]float64 `wire:"position"`
	// the vertical field of view, in radians
	FOV float64 `wire:"fov"`
	// the distance of the near plane, in scene units
	Near float64 `wire:"near"`
	// the distance of the far plane, in scene units
	Far float64 `wire:"far"`
	// the view's height, in pixels
	ImageHeight int `wire:"image_height"`
	// the view's width, in pixels
	ImageWidth int `wire:"image_width"`
	// the point that the camera orbits, in scene units
	LookAt [3]float64 `wire:"look_at"`
	// the direction that is up
	UpDirection [3]float64 `wire:"up_direction"`
	// how the view is drawn
	Projection CameraProjection `wire:"projection"`
}

// SetCameraFollowMessage lets the camera of a view follow a node: it keeps its place relative to it, while the user turns
// and zooms. It is of the viser-go.v1 dialect. It ends when the node is removed or hidden.
//
//wire:message s2c extension
type SetCameraFollowMessage struct {
	// the number of the view
	Viewport int `wire:"viewport"`
	// the node's path; null to follow none
	Name *string `wire:"name"`
	// whether the camera turns with the node, too
	Turn bool `wire:"turn"`
}
