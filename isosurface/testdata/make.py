"""Writes golden.json: what scikit-image's marching_cubes makes of three fields. Needs scikit-image 0.26."""

import json

import numpy as np
from skimage.measure import marching_cubes, mesh_surface_area

x, y, z = (np.arange(32.0)[s] for s in (np.s_[None, None, :], np.s_[None, :, None], np.s_[:, None, None]))
k = 2 * np.pi / 16
fields = {
    "ball": 10 - np.sqrt((x - 15.5) ** 2 + (y - 15.5) ** 2 + (z - 15.5) ** 2),
    "torus": 4 - np.sqrt((np.sqrt((x - 15.5) ** 2 + (y - 15.5) ** 2) - 9) ** 2 + (z - 15.5) ** 2),
    "gyroid": np.sin(k * x) * np.cos(k * y) + np.sin(k * y) * np.cos(k * z) + np.sin(k * z) * np.cos(k * x),
}
out = []
for name, level, spacing in [("ball", 0.03, (1, 1, 1)), ("ball", 0.03, (0.5, 2, 1.5)), ("torus", 0.03, (1, 1, 1)), ("gyroid", 0.11, (1, 1, 1))]:
    # Its axes are z, y, x. What is above the level is inside, and faces are counter-clockwise as seen from outside.
    v, f, _, _ = marching_cubes(
        fields[name].astype(np.float32), level, spacing=spacing[::-1], method="lorensen", gradient_direction="descent"
    )
    v = v[:, ::-1].astype(np.float64)
    a, b, c = v[f[:, 0]], v[f[:, 1]], v[f[:, 2]]
    out.append({
        "field": name,
        "level": level,
        "spacing": spacing,
        "vertices": len(v),
        "faces": len(f),
        "volume": float((a * np.cross(b, c)).sum() / 6),
        "area": float(mesh_surface_area(v, f)),
    })
with open("golden.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
