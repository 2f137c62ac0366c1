package viser

import (
	"bytes"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var gaussianSplatsKind = state.SceneKind("GaussianSplatsMessage", new(wire.GaussianSplatsProps))

// GaussianSplats are 3D Gaussians: soft, colored ellipsoids that are blended over each
// other. All nodes of this kind are sorted and blended together.
//
// GaussianSplats are [Clickable] and [Draggable]. The InstanceIndex of the
// events is the splat's.
//
// GaussianSplats are a [ScalarNode]: the colors by number do not depend on the direction
// of view.
type GaussianSplats struct {
	byNumber
	props  wire.GaussianSplatsProps
	degree int // of the harmonics
}

// AddGaussianSplats adds Gaussians with the given centers (scene units, in the node's
// frame), covariances, colors (sRGB) and opacities (0 transparent, 1 opaque, at the
// center of the splat), one of each for every splat. Splats are not lit and cast no
// shadows.
//
// A covariance is given by its upper triangle xx, xy, xz, yy, yz, zz, in squared scene
// units; SplatCovariances computes them from sizes and orientations. They are sent as
// half floats, with three digits, from 6e-8 to 65,504; a covariance with a larger entry
// is scaled down as a whole, which keeps the shape of the splat. Opacities are sent in
// steps of 1/255.
//
// It panics with a *UsageError if the name is empty, the slices differ in length, a
// number is not finite, an entry xx, yy or zz is below 0, an opacity is not between 0
// and 1, the degree is not 0 to 3, or the harmonics are not as many as it has.
func (s *Scene) AddGaussianSplats(name string, centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32, opts *GaussianSplatsOptions) *GaussianSplats {
	const fn = "Scene.AddGaussianSplats"
	o := orPtr(opts, GaussianSplatsOptions{})
	g := &GaussianSplats{props: o.props(fn)}
	g.props.Buffer = packSplats(fn, centers, covariances, colors, opacities)
	g.degree, g.props.Harmonics = o.Degree, packHarmonics(fn, len(centers), o.Degree, o.Harmonics)
	g.numbers(&g.props.ScalarProps, wire.GaussianSplatsPropsScalars, func() (int, int) { return g.count(), -1 })
	s.add(fn, name, g, gaussianSplatsKind, &g.props, o.place(fn))
	return g
}

// SplatCovariances returns, for each splat, the upper triangle of
//
//	Σ = R·S·Sᵀ·Rᵀ
//
// where R is the rotation of the quaternion (scalar first, of any length but 0) and S
// the diagonal matrix of the scales: the standard deviations along the rotated axes, in
// scene units. It panics with a *UsageError if scales and wxyzs differ in length, a
// number is not finite or a quaternion is 0.
func SplatCovariances(scales []Vec3f, wxyzs []Vec4f) [][6]float32 {
	const fn = "SplatCovariances"
	if len(scales) != len(wxyzs) {
		usage(fn, "%d scales and %d orientations: their numbers must be equal", len(scales), len(wxyzs))
	}
	out := make([][6]float32, len(scales))
	for i, s := range scales {
		q := Quat{W: float64(wxyzs[i][0]), X: float64(wxyzs[i][1]), Y: float64(wxyzs[i][2]), Z: float64(wxyzs[i][3])}
		checkQuat(fn, q)
		checkFinite(fn, float64(s[0]), float64(s[1]), float64(s[2]))
		var sum [6]float64
		x, y, z := axesOf(q)
		for k, axis := range [3]Vec3{x, y, z} {
			v := float64(s[k]) * float64(s[k])
			sum[0] += v * axis[0] * axis[0]
			sum[1] += v * axis[0] * axis[1]
			sum[2] += v * axis[0] * axis[2]
			sum[3] += v * axis[1] * axis[1]
			sum[4] += v * axis[1] * axis[2]
			sum[5] += v * axis[2] * axis[2]
		}
		for k, v := range sum {
			out[i][k] = float32(v)
		}
	}
	return out
}

func packSplats(fn string, centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32) wire.Array {
	n := len(centers)
	colors = splatColors(n, colors)
	if len(covariances) != n || len(colors) != n || len(opacities) != n {
		usage(fn, "%d centers, %d covariances, %d colors, %d opacities: their numbers must be equal",
			n, len(covariances), len(colors), len(opacities))
	}
	a := wire.Array{DType: wire.Uint32, Data: make([]byte, n*wire.SplatSize)}
	putCenters(fn, a.Data, centers)
	putCovariances(fn, a.Data, covariances)
	putColors(a.Data, colors)
	putOpacities(fn, a.Data, opacities)
	return a
}

func putCenters(fn string, splats []byte, centers []Vec3f) {
	for i, c := range centers {
		// What is finite, less itself, is 0.
		if (c[0]-c[0])+(c[1]-c[1])+(c[2]-c[2]) != 0 {
			usage(fn, "center %d is %v; its numbers must be finite", i, c)
		}
		wire.PutSplatCenter(splats[i*wire.SplatSize:], c)
	}
}

func putCovariances(fn string, splats []byte, covariances [][6]float32) {
	for i, c := range covariances {
		zero := float32(0)
		for _, v := range c {
			zero += v - v
		}
		if zero != 0 || c[0] < 0 || c[3] < 0 || c[5] < 0 {
			usage(fn, "covariance %d is %v; its numbers must be finite, and xx, yy and zz not below 0", i, c)
		}
		wire.PutSplatCovariance(splats[i*wire.SplatSize:], c)
	}
}

// splatColors are n colors: of none, the default; of one, as many as that.
func splatColors(n int, colors []RGB) []RGB {
	switch {
	case colors == nil:
		return slices.Repeat([]RGB{defaultRowColor}, n)
	case len(colors) == 1:
		return slices.Repeat(colors, n)
	}
	return colors
}

func putColors(splats []byte, colors []RGB) {
	for i, c := range colors {
		copy(splats[i*wire.SplatSize+wire.SplatColorAt:], c[:])
	}
}

// stepSlack is the fraction of a step of 1/255 that the rounding of a float32 may
// subtract from an opacity of a whole number of steps.
const stepSlack = 1.0 / (1 << 15)

func putOpacities(fn string, splats []byte, opacities []float32) {
	for i, o := range opacities {
		if !(o >= 0 && o <= 1) {
			usage(fn, "opacity %d is %v; it must be between 0 and 1", i, o)
		}
		splats[i*wire.SplatSize+wire.SplatOpacityAt] = uint8(math.Floor(255*float64(o) + stepSlack))
	}
}

// Len returns the number of splats.
func (h *GaussianSplats) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.count()
}

func (h *GaussianSplats) pieces() int { return h.Len() }

// count is Len with h.mu held.
func (h *GaussianSplats) count() int { return h.buffer().size() / wire.SplatSize }

// Centers returns a copy of the splats' centers.
func (h *GaussianSplats) Centers() []Vec3f { return splatsOf(h, wire.SplatCenter) }

// Covariances returns a copy of the splats' covariances, each the upper triangle xx,
// xy, xz, yy, yz, zz, as rounded to half floats.
func (h *GaussianSplats) Covariances() [][6]float32 { return splatsOf(h, wire.SplatCovariance) }

// Colors returns a copy of the splats' colors.
func (h *GaussianSplats) Colors() []RGB {
	return splatsOf(h, func(splat []byte) RGB { return RGB(splat[wire.SplatColorAt:]) })
}

// Opacities returns a copy of the splats' opacities, rounded to the steps of 1/255 in
// which they are sent.
func (h *GaussianSplats) Opacities() []float32 {
	return splatsOf(h, func(splat []byte) float32 { return float32(splat[wire.SplatOpacityAt]) / 255 })
}

// splatsOf reads the same of each splat.
func splatsOf[T any](h *GaussianSplats, read func(splat []byte) T) []T {
	h.mu.Lock()
	defer h.mu.Unlock()
	data := h.props.Buffer.Bytes()
	out := make([]T, h.count())
	for i := range out {
		out[i] = read(data[i*wire.SplatSize : (i+1)*wire.SplatSize])
	}
	return out
}

// SetGaussians replaces all splats as one step, as in AddGaussianSplats. If their
// number changes, the spherical harmonics of the old ones are removed; use
// [Server.Atomic] to set new ones in the same step.
func (h *GaussianSplats) SetGaussians(centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32) {
	a := packSplats("GaussianSplats.SetGaussians", centers, covariances, colors, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	arrays := []arrayField{{&h.props.Buffer, wire.GaussianSplatsPropsBuffer, a}}
	if len(centers) != h.count() {
		h.degree = 0
		arrays = append(arrays, arrayField{&h.props.Harmonics, wire.GaussianSplatsPropsHarmonics, wire.Array{}})
	}
	h.changedArrays(arrays...)
}

// SetCenters moves the splats. Like the other setters of whole arrays it sends all data
// of the splats again; SetGaussians changes several arrays at once. It panics with a
// *UsageError if the number of splats differs, or a number is not finite.
func (h *GaussianSplats) SetCenters(centers []Vec3f) {
	const fn = "GaussianSplats.SetCenters"
	h.rewrite(fn, len(centers), func(splats []byte) { putCenters(fn, splats, centers) })
}

// SetCovariances sets the splats' shapes, as AddGaussianSplats takes them. It panics
// with a *UsageError if the number of splats differs, a number is not finite, or xx, yy
// or zz is below 0.
func (h *GaussianSplats) SetCovariances(covariances [][6]float32) {
	const fn = "GaussianSplats.SetCovariances"
	h.rewrite(fn, len(covariances), func(splats []byte) { putCovariances(fn, splats, covariances) })
}

// SetColors sets the splats' colors. It panics with a *UsageError if the number of
// splats differs.
func (h *GaussianSplats) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	colors = splatColors(h.count(), colors)
	h.rewriteLocked("GaussianSplats.SetColors", len(colors), func(splats []byte) { putColors(splats, colors) })
}

// SetOpacities sets the splats' opacities. It panics with a *UsageError if the number
// of splats differs, or one is not between 0 and 1.
func (h *GaussianSplats) SetOpacities(opacities []float32) {
	const fn = "GaussianSplats.SetOpacities"
	h.rewrite(fn, len(opacities), func(splats []byte) { putOpacities(fn, splats, opacities) })
}

// rewrite changes n splats, which must be all: what was sent is never written to.
func (h *GaussianSplats) rewrite(fn string, n int, write func(splats []byte)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rewriteLocked(fn, n, write)
}

func (h *GaussianSplats) rewriteLocked(fn string, n int, write func(splats []byte)) {
	if n != h.count() {
		usage(fn, "%d values for %d splats; SetGaussians changes their number", n, h.count())
	}
	a := wire.Array{DType: wire.Uint32, Data: bytes.Clone(h.props.Buffer.Bytes())}
	write(a.Data)
	h.changedArrays(arrayField{&h.props.Buffer, wire.GaussianSplatsPropsBuffer, a})
}

func (h *GaussianSplats) buffer() arrayField {
	return arrayField{field: &h.props.Buffer, key: wire.GaussianSplatsPropsBuffer}
}

// SetRange changes the splats from index offset on, as AddGaussianSplats takes them;
// they keep their harmonics. Only the range is sent, as by PointCloud.SetRange. It panics with a *UsageError if
// the range is not within the splats, or for the reasons of AddGaussianSplats.
func (h *GaussianSplats) SetRange(offset int, centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32) {
	const fn = "GaussianSplats.SetRange"
	a := packSplats(fn, centers, covariances, colors, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	checkPart(fn, offset, len(centers), h.count())
	if len(centers) > 0 {
		h.patch(fn, h.buffer().writes(offset, wire.SplatSize, a.Data))
	}
}

// Append appends splats, as in AddGaussianSplats and like [PointCloud.Append]. They
// have the same color from all sides until SetHarmonicsRange sets their harmonics.
func (h *GaussianSplats) Append(centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32) {
	const fn = "GaussianSplats.Append"
	a := packSplats(fn, centers, covariances, colors, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(centers) > 0 {
		patches := []state.Patch{h.buffer().writes(h.count(), wire.SplatSize, a.Data)}
		if row := wire.HarmonicsSize(h.degree); row > 0 {
			patches = append(patches, h.harmonics().writes(h.count(), row, make([]byte, row*len(centers))))
		}
		h.patch(fn, patches...)
	}
}

// Truncate keeps the first n splats. It panics with a *UsageError if n is below 0 or
// above their number.
func (h *GaussianSplats) Truncate(n int) {
	const fn = "GaussianSplats.Truncate"
	h.mu.Lock()
	defer h.mu.Unlock()
	checkKept(fn, n, h.count())
	patches := []state.Patch{h.buffer().keeps(n, wire.SplatSize)}
	if h.degree > 0 {
		patches = append(patches, h.harmonics().keeps(n, wire.HarmonicsSize(h.degree)))
	}
	h.patch(fn, patches...)
}

// Spherical harmonics, by which colors change with the direction of view. Upstream
// viser does not support them: only pages of this library receive them.

// packHarmonics packs the harmonics of n splats; null for degree 0.
func packHarmonics(fn string, n, degree int, harmonics []Vec3f) wire.Array {
	if degree < 0 || degree > wire.MaxHarmonicDegree {
		usage(fn, "the degree of the harmonics is %d; it must be 0 to %d", degree, wire.MaxHarmonicDegree)
	}
	each, row := wire.HarmonicsOf(degree), wire.HarmonicsSize(degree)
	if len(harmonics) != n*each {
		usage(fn, "%d harmonics; %d splats of degree %d have %d", len(harmonics), n, degree, n*each)
	}
	if degree == 0 {
		return wire.Array{}
	}
	for i, c := range harmonics {
		if (c[0]-c[0])+(c[1]-c[1])+(c[2]-c[2]) != 0 {
			usage(fn, "harmonic %d is %v; its numbers must be finite", i, c)
		}
	}
	a := wire.Array{DType: wire.Uint32, Data: make([]byte, n*row)}
	for i := range n {
		wire.PutSplatHarmonics(a.Data[i*row:(i+1)*row], degree, harmonics[i*each:(i+1)*each])
	}
	return a
}

// Degree returns that of the spherical harmonics: 0 (none) to 3.
func (h *GaussianSplats) Degree() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.degree
}

// Harmonics returns a copy of the coefficients of the spherical harmonics, as rounded
// for sending: 3, 8 or 15 for each splat, by the degree; nil if there are none.
func (h *GaussianSplats) Harmonics() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.degree == 0 {
		return nil
	}
	each, row := wire.HarmonicsOf(h.degree), wire.HarmonicsSize(h.degree)
	data := h.props.Harmonics.Bytes()
	out := make([]Vec3f, len(data)/row*each)
	for i := range len(data) / row {
		wire.SplatHarmonics(data[i*row:(i+1)*row], h.degree, out[i*each:(i+1)*each])
	}
	return out
}

// SetHarmonics sets by how much colors change with the direction of view: the
// coefficients of the real spherical harmonics of degrees 1 to degree, each red, green
// and blue; 3, 8 or 15 for each splat, one splat after another. Degree 0 and nil remove
// them.
//
// With the unit vector (x, y, z) from the camera to the splat's center, in the node's
// frame, a splat has its color / 255 plus the sum of each coefficient times its
// function, bounded to 0 to 1. The functions are those of "3D Gaussian Splatting for
// Real-Time Radiance Field Rendering", as in formats/splat, which lists them.
//
// They are sent in 8 bytes for each degree: as integers of 6, 5 or 4 bits for splats of
// degree 1, 2 or 3, that divide a range which each splat has for each of its degrees.
// Coefficients beyond ±4 become ±4.
//
// It panics with a *UsageError if the degree is not 0 to 3, the coefficients are not as
// many as the splats have, or one is not finite.
func (h *GaussianSplats) SetHarmonics(degree int, harmonics []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setHarmonics(degree, packHarmonics("GaussianSplats.SetHarmonics", h.count(), degree, harmonics))
}

// setHarmonics sets what packHarmonics has made, with h.mu held.
func (h *GaussianSplats) setHarmonics(degree int, a wire.Array) {
	h.degree = degree
	h.changedArrays(arrayField{&h.props.Harmonics, wire.GaussianSplatsPropsHarmonics, a})
}

// SetHarmonicsRange sets the harmonics of the splats from index offset on, of the
// degree that they have. Only the range is sent. It panics with a *UsageError if the
// range is not within the splats, or for the reasons of SetHarmonics.
func (h *GaussianSplats) SetHarmonicsRange(offset int, harmonics []Vec3f) {
	const fn = "GaussianSplats.SetHarmonicsRange"
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.degree == 0 {
		if len(harmonics) > 0 {
			usage(fn, "the splats have no harmonics; SetHarmonics sets their degree")
		}
		return
	}
	n := len(harmonics) / wire.HarmonicsOf(h.degree)
	a := packHarmonics(fn, n, h.degree, harmonics)
	checkPart(fn, offset, n, h.count())
	if n > 0 {
		h.patch(fn, h.harmonics().writes(offset, wire.HarmonicsSize(h.degree), a.Data))
	}
}

func (h *GaussianSplats) harmonics() arrayField {
	return arrayField{field: &h.props.Harmonics, key: wire.GaussianSplatsPropsHarmonics}
}
