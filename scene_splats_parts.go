package viser

import "github.com/viser-go/viser/internal/wire"

func (h *GaussianSplats) buffer() arrayField {
	return arrayField{field: &h.props.Buffer, key: wire.GaussianSplatsPropsBuffer}
}

// SetRange changes the splats from the given one on, as AddGaussianSplats takes them.
// Only the range travels, under the terms of PointCloud.SetRange. It panics with a
// *UsageError if the range does not lie within the splats that there are, or for the
// reasons of AddGaussianSplats.
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

// Append adds splats behind the last, under the rules of AddGaussianSplats and the
// terms of PointCloud.Append.
func (h *GaussianSplats) Append(centers []Vec3f, covariances [][6]float32, colors []RGB, opacities []float32) {
	const fn = "GaussianSplats.Append"
	a := packSplats(fn, centers, covariances, colors, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(centers) > 0 {
		h.patch(fn, h.buffer().writes(h.count(), wire.SplatSize, a.Data))
	}
}

// Truncate keeps the first n splats. It panics with a *UsageError if n is below 0 or
// above their number.
func (h *GaussianSplats) Truncate(n int) {
	const fn = "GaussianSplats.Truncate"
	h.mu.Lock()
	defer h.mu.Unlock()
	checkKept(fn, n, h.count())
	h.patch(fn, h.buffer().keeps(n, wire.SplatSize))
}
