"""Writes the golden PLY files and expect.json with trimesh and numpy, independently of this package.

    pip install trimesh==5.2.0 numpy && python3 make.py
"""

import json
import struct

import numpy as np
import trimesh

expect = {}


def note(name, points, faces=None, colors=None, normals=None):
    def rows(a):
        return None if a is None else np.asarray(a).tolist()

    expect[name] = {
        "points": rows(np.asarray(points, dtype=np.float32)),
        "faces": rows(faces),
        "colors": rows(colors),
        "normals": rows(None if normals is None else np.asarray(normals, dtype=np.float32)),
    }


ball = trimesh.creation.icosphere(subdivisions=1, radius=2.0)
shades = ((ball.vertices - ball.vertices.min(0)) / np.ptp(ball.vertices, axis=0) * 255).astype(np.uint8)
ball.visual.vertex_colors = np.hstack([shades, np.full((len(shades), 1), 255, np.uint8)])

for encoding in ("ascii", "binary"):
    name = f"trimesh_{encoding}.ply"
    with open(name, "wb") as f:
        f.write(ball.export(file_type="ply", encoding=encoding, vertex_normal=True))
    again = trimesh.load(name, process=False)
    note(name, again.vertices, again.faces, again.visual.vertex_colors[:, :3], again.vertex_normals)

cloud = trimesh.PointCloud(ball.vertices[:12] * 3 + 1, colors=shades[:12])
with open("trimesh_cloud.ply", "wb") as f:
    f.write(cloud.export(file_type="ply"))
again = trimesh.load("trimesh_cloud.ply")
note("trimesh_cloud.ply", again.vertices, None, again.colors[:, :3])

# Big-endian, with everything in an unusual place: faces before vertices, lists among the coordinates,
# an element that nobody knows, 16-bit colours, a strip.
corners = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1]], dtype=np.float64)
blob = b"""ply
format binary_big_endian 1.0
comment made by numpy
obj_info num_cols 3
element face 2
property uchar flags
property list uchar ushort vertex_index
element camera 1
property list uint double matrix
property short id
element vertex 6
property double x
property list uchar float weights
property double y
property double z
property ushort red
property ushort green
property ushort blue
element tristrips 1
property list int int vertex_indices
end_header
"""
for loop in ([0, 1, 2, 3], [0, 1, 5]):
    blob += struct.pack(">BB", 7, len(loop)) + np.array(loop, ">u2").tobytes()
blob += struct.pack(">I", 3) + np.arange(3, dtype=">f8").tobytes() + struct.pack(">h", -1)
for i, (x, y, z) in enumerate(corners):
    blob += struct.pack(">dB", x, i) + np.ones(i, ">f4").tobytes() + struct.pack(">dd", y, z)
    blob += struct.pack(">HHH", 257 * i, 0, 65535)
strip = [0, 1, 4, 5, -1, 1, 2, 5]
blob += struct.pack(">i", len(strip)) + np.array(strip, ">i4").tobytes()
with open("numpy_big.ply", "wb") as f:
    f.write(blob)
note(
    "numpy_big.ply",
    corners,
    [[0, 1, 4], [4, 1, 5], [1, 2, 5], [0, 1, 2], [0, 2, 3], [0, 1, 5]],
    [[i, 0, 255] for i in range(6)],
)

with open("expect.json", "w") as f:
    json.dump(expect, f)
    f.write("\n")
