package wire

// PointCloudProps are the properties of a cloud of points.
//
//wire:props
type PointCloudProps struct {
	// the coordinates, float16 or float32 according to Precision, three per row
	Points Array `wire:"points" dtype:"<f2,<f4"`
	// the colors, uint8, three per row, or three for all
	Colors Array `wire:"colors" dtype:"|u1"`
	// the radius of a point, in scene units; default 0.1
	PointSize float64 `wire:"point_size" check:"positive"`
	// the shape of a point; default square
	PointShape PointShape `wire:"point_shape"`
	// the element type of Points; default float16
	Precision PointPrecision `wire:"precision"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// how a point is colored across its face; default gradient
	PointShading PointShading `wire:"point_shading"`
	ScalarProps
}

// PointCloudMessage creates a node of the kind PointCloud.
//
//wire:message s2c scene/create id=name inscene
type PointCloudMessage struct {
	SceneHeader
	// the properties
	Props PointCloudProps `wire:"props"`
}

// LineSegmentsProps are the properties of straight lines.
//
//wire:props
type LineSegmentsProps struct {
	// the lines' ends, float32, two by three per row
	Points Array `wire:"points" dtype:"<f4"`
	// the thickness of the lines, in ThicknessUnits; default 0.01
	Thickness float64 `wire:"thickness" check:"positive"`
	// the colors of the ends, uint8, two by three per row, or three for all
	Colors Array `wire:"colors" dtype:"|u1"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// what Thickness is measured in; default the scene's unit
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
	ScalarProps
}

// LineSegmentsMessage creates a node of the kind LineSegments.
//
//wire:message s2c scene/create id=name inscene
type LineSegmentsMessage struct {
	SceneHeader
	// the properties
	Props LineSegmentsProps `wire:"props"`
}

// ArrowProps are the properties of arrows.
//
//wire:props
type ArrowProps struct {
	// the arrows' tails and tips, float32, two by three per row
	Points Array `wire:"points" dtype:"<f4"`
	// the colors, uint8, three per row, or three for all
	Colors Array `wire:"colors" dtype:"|u1"`
	// the radius of the shaft, in scene units; default 0.02
	ShaftRadius float64 `wire:"shaft_radius" check:"positive"`
	// the radius of the head, in scene units; default 0.05
	HeadRadius float64 `wire:"head_radius" check:"positive"`
	// the length of the head, in scene units; default 0.1
	HeadLength float64 `wire:"head_length" check:"positive"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	ScalarProps
}

// ArrowMessage creates a node of the kind Arrow.
//
//wire:message s2c scene/create id=name inscene
type ArrowMessage struct {
	SceneHeader
	// the properties
	Props ArrowProps `wire:"props"`
}

// CatmullRomSplineProps are the properties of a smooth curve through points.
//
//wire:props
type CatmullRomSplineProps struct {
	// the points that the curve passes, float32, three per row
	Points Array `wire:"points" dtype:"<f4"`
	// the parameterization of the curve; default centripetal
	CurveType CurveType `wire:"curve_type"`
	// how tight the curve is, 0 to 1; default 0.5
	Tension float64 `wire:"tension" check:"unit"`
	// whether the curve returns to its start; default false
	Closed bool `wire:"closed"`
	// the thickness of the lines, in ThicknessUnits; default 0.01
	Thickness float64 `wire:"thickness" check:"positive"`
	// the color; default {20, 20, 20}
	Color [3]uint8 `wire:"color"`
	// the number of straight segments; null for the client's choice
	Segments *int `wire:"segments"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// what Thickness is measured in; default the scene's unit
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CatmullRomSplineMessage creates a node of the kind CatmullRomSpline.
//
//wire:message s2c scene/create id=name inscene
type CatmullRomSplineMessage struct {
	SceneHeader
	// the properties
	Props CatmullRomSplineProps `wire:"props"`
}

// CubicBezierSplineProps are the properties of a chain of cubic Bézier curves.
//
//wire:props
type CubicBezierSplineProps struct {
	// the points that the curve passes, float32, three per row
	Points Array `wire:"points" dtype:"<f4"`
	// the control points, float32, three per row: two between each pair of points
	ControlPoints Array `wire:"control_points" dtype:"<f4"`
	// the thickness of the lines, in ThicknessUnits; default 0.01
	Thickness float64 `wire:"thickness" check:"positive"`
	// the color; default {20, 20, 20}
	Color [3]uint8 `wire:"color"`
	// the number of straight segments; null for the client's choice
	Segments *int `wire:"segments"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// what Thickness is measured in; default the scene's unit
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CubicBezierSplineMessage creates a node of the kind CubicBezierSpline.
//
//wire:message s2c scene/create id=name inscene
type CubicBezierSplineMessage struct {
	SceneHeader
	// the properties
	Props CubicBezierSplineProps `wire:"props"`
}

// GaussianSplatsProps are the properties of a cloud of Gaussians.
//
//wire:props
type GaussianSplatsProps struct {
	// the packed splats, uint32, eight per row: center, reserved, covariance, color
	Buffer Array `wire:"buffer" dtype:"<u4"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// the packed spherical harmonics, uint32, two, four or six per row for degree 1, 2 or 3; null for none
	Harmonics Array `wire:"harmonics,extension" dtype:"<u4"`
	ScalarProps
}

// GaussianSplatsMessage creates a node of the kind GaussianSplats.
//
//wire:message s2c scene/create id=name inscene
type GaussianSplatsMessage struct {
	SceneHeader
	// the properties
	Props GaussianSplatsProps `wire:"props"`
}
