"""Writes the PCD files of this folder, and what is in them, with pypcd4 1.5 and numpy.

    pip install pypcd4==1.5.1 numpy && python3 make.py
"""

import json

import numpy as np
from pypcd4 import Encoding, PointCloud

rng = np.random.default_rng(5)
COUNT = 20
expect = {}


def note(name, points, colors=None, normals=None, fields=None, width=0, height=0):
    expect[name] = {
        "points": np.asarray(points, float).tolist(),
        "colors": None if colors is None else np.asarray(colors).tolist(),
        "normals": None if normals is None else np.asarray(normals, float).tolist(),
        "fields": {k: np.asarray(v, float).tolist() for k, v in (fields or {}).items()},
        "width": width,
        "height": height,
    }


xyz = rng.normal(0, 5, (COUNT, 3)).astype(np.float32)
rgb = rng.integers(0, 256, (COUNT, 3), dtype=np.uint8)
normals = rng.normal(0, 1, (COUNT, 3)).astype(np.float32)
intensity = rng.uniform(0, 100, COUNT).astype(np.float32)
packed = PointCloud.encode_rgb(rgb)

for encoding in (Encoding.ASCII, Encoding.BINARY, Encoding.BINARY_COMPRESSED):
    name = f"xyzrgb_{encoding.value}.pcd"
    PointCloud.from_xyzrgb_points(np.column_stack([xyz, packed])).save(name, encoding)
    again = PointCloud.from_path(name)
    note(name, again.numpy(("x", "y", "z")), PointCloud.decode_rgb(again.numpy(("rgb",))[:, 0]))

    name = f"mixed_{encoding.value}.pcd"
    columns = {
        "x": xyz[:, 0].astype(np.float64), "y": xyz[:, 1].astype(np.float64), "z": xyz[:, 2].astype(np.float64),
        "intensity": intensity, "ring": rng.integers(0, 128, COUNT).astype(np.uint16),
        "label": rng.integers(-100, 100, COUNT).astype(np.int8), "stamp": rng.integers(0, 2**40, COUNT).astype(np.int64),
        "normal_x": normals[:, 0], "normal_y": normals[:, 1], "normal_z": normals[:, 2],
        "t": rng.integers(0, 2**32, COUNT).astype(np.uint32),
    }
    cloud = PointCloud.from_points(list(columns.values()), tuple(columns), tuple(c.dtype.type for c in columns.values()))
    cloud.save(name, encoding)
    again = PointCloud.from_path(name)
    note(
        name, again.numpy(("x", "y", "z")), normals=again.numpy(("normal_x", "normal_y", "normal_z")),
        fields={k: again.pc_data[k] for k in ("intensity", "ring", "label", "stamp", "t")},
    )

# What PCL writes for an organized cloud of a depth camera: padding, packed colors with alpha, missing points.
width, height = 5, 4
rows = np.zeros(COUNT, dtype=[("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("_", "u1", 4), ("rgba", "<u4"), ("hist", "<f4", 3), ("pad", "u1", 0)])
for i, axis in enumerate("xyz"):
    rows[axis] = xyz[:, i]
rows["rgba"] = (255 << 24) | (rgb[:, 0].astype(np.uint32) << 16) | (rgb[:, 1].astype(np.uint32) << 8) | rgb[:, 2]
rows["hist"] = rng.uniform(0, 1, (COUNT, 3))
rows["x"][[3, 7]] = np.nan
keep = ~np.isnan(rows["x"])
header = f"""# .PCD v0.7 - Point Cloud Data file format
VERSION 0.7
FIELDS x y z _ rgba hist
SIZE 4 4 4 1 4 4
TYPE F F F U U F
COUNT 1 1 1 4 1 3
WIDTH {width}
HEIGHT {height}
VIEWPOINT 1 2 3 0.5 0.5 0.5 0.5
POINTS {COUNT}
DATA binary
"""
with open("organized.pcd", "wb") as f:
    f.write(header.encode() + rows.tobytes())
note(
    "organized.pcd", xyz[keep], rgb[keep], fields={f"hist[{i}]": rows["hist"][keep, i] for i in range(3)},
    width=width, height=height,
)

with open("expect.json", "w") as f:
    json.dump(expect, f)
