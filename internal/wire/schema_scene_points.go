package wire

// PointCloudProps are the properties of PointCloud.
//
//wire:props
type PointCloudProps struct {
	Points       Array          `wire:"points" dtype:"<f2,<f4"`
	Colors       Array          `wire:"colors" dtype:"|u1"`
	PointSize    float64        `wire:"point_size"`
	PointShape   PointShape     `wire:"point_shape"`
	Precision    PointPrecision `wire:"precision"`
	Scale        FloatOrVec3    `wire:"scale"`
	PointShading PointShading   `wire:"point_shading"`
}

// PointCloudMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type PointCloudMessage struct {
	SceneHeader
	Props PointCloudProps `wire:"props"`
}

// LineSegmentsProps are the properties of LineSegments.
//
//wire:props
type LineSegmentsProps struct {
	Points         Array          `wire:"points" dtype:"<f4"`
	Thickness      float64        `wire:"thickness"`
	Colors         Array          `wire:"colors" dtype:"|u1"`
	Scale          FloatOrVec3    `wire:"scale"`
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// LineSegmentsMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type LineSegmentsMessage struct {
	SceneHeader
	Props LineSegmentsProps `wire:"props"`
}

// ArrowProps are the properties of Arrow.
//
//wire:props
type ArrowProps struct {
	Points      Array       `wire:"points" dtype:"<f4"`
	Colors      Array       `wire:"colors" dtype:"|u1"`
	ShaftRadius float64     `wire:"shaft_radius"`
	HeadRadius  float64     `wire:"head_radius"`
	HeadLength  float64     `wire:"head_length"`
	Scale       FloatOrVec3 `wire:"scale"`
}

// ArrowMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type ArrowMessage struct {
	SceneHeader
	Props ArrowProps `wire:"props"`
}

// CatmullRomSplineProps are the properties of CatmullRomSpline.
//
//wire:props
type CatmullRomSplineProps struct {
	Points         Array          `wire:"points" dtype:"<f4"`
	CurveType      CurveType      `wire:"curve_type"`
	Tension        float64        `wire:"tension"`
	Closed         bool           `wire:"closed"`
	Thickness      float64        `wire:"thickness"`
	Color          [3]uint8       `wire:"color"`
	Segments       *int           `wire:"segments"`
	Scale          FloatOrVec3    `wire:"scale"`
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CatmullRomSplineMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type CatmullRomSplineMessage struct {
	SceneHeader
	Props CatmullRomSplineProps `wire:"props"`
}

// CubicBezierSplineProps are the properties of CubicBezierSpline.
//
//wire:props
type CubicBezierSplineProps struct {
	Points         Array          `wire:"points" dtype:"<f4"`
	ControlPoints  Array          `wire:"control_points" dtype:"<f4"`
	Thickness      float64        `wire:"thickness"`
	Color          [3]uint8       `wire:"color"`
	Segments       *int           `wire:"segments"`
	Scale          FloatOrVec3    `wire:"scale"`
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CubicBezierSplineMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type CubicBezierSplineMessage struct {
	SceneHeader
	Props CubicBezierSplineProps `wire:"props"`
}

// GaussianSplatsProps are the properties of GaussianSplats.
//
//wire:props
type GaussianSplatsProps struct {
	Buffer Array       `wire:"buffer" dtype:"<u4"`
	Scale  FloatOrVec3 `wire:"scale"`
}

// GaussianSplatsMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type GaussianSplatsMessage struct {
	SceneHeader
	Props GaussianSplatsProps `wire:"props"`
}
