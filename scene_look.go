package viser

import "github.com/viser-go/viser/internal/wire"

// A Look is how a scene is drawn, beyond its materials and lights, to make shapes easier
// to read. The zero value is the plain look. Its parts can be combined.
type Look struct {
	EyeDome        bool // points and surfaces are darker behind edges in depth (eye-dome lighting): shapes in clouds without normals or colors become visible
	AdaptivePoints bool // the points of sparse clouds grow until they touch their neighbors, up to 16 pixels; they are never smaller than their point size
	Studio         bool // ambient occlusion, and soft light from all around in place of the client's ambient light, unless there is an environment map
	Edges          bool // lines along the boundaries of meshes and where two of their triangles meet at more than 30 degrees
	Wireframe      bool // lines along all edges of the triangles of meshes
	BackFaces      bool // the back sides of triangles are drawn, in pink: they show flipped normals and holes
	XRay           bool // surfaces are translucent and do not hide what is behind them
	Silhouettes    bool // a dark line where something is in front of something that is clearly farther away
}

// SetLook sets how the scene is drawn; Look{} restores the plain look, which is the
// default. A later call replaces the whole look. On their page, users can switch each part
// on and off for themselves; their choice holds until the program sets a look again.
//
// The look of Client.Scene replaces the look of Server.Scene for that client. Clients that
// connect later, recordings and exported pages have the look, and [Client.Render] draws
// pictures with it, never with a user's own. Upstream viser's client does not receive it.
func (s *Scene) SetLook(look Look) {
	s.scope.SetExtendedCell("look", &wire.SetLookMessage{Looks: look.names()})
}

func (l Look) names() []string {
	names := []string{}
	for _, part := range []struct {
		on   bool
		name string
	}{
		{l.EyeDome, "eye_dome"}, {l.AdaptivePoints, "adaptive_points"}, {l.Studio, "studio"},
		{l.Edges, "edges"}, {l.Wireframe, "wireframe"}, {l.BackFaces, "back_faces"},
		{l.XRay, "x_ray"}, {l.Silhouettes, "silhouettes"},
	} {
		if part.on {
			names = append(names, part.name)
		}
	}
	return names
}
