"""Writes the files that are read: make.py DIR. By numpy and laspy, so that no reader gets files of its own writer."""

import sys
from pathlib import Path

import laspy
import numpy as np

out = Path(sys.argv[1])
random = np.random.default_rng(1)


def terrain(n):
    """Points on a surface, in float32, with colors."""
    points = np.empty((n, 3), np.float32)
    points[:, :2] = random.random((n, 2), np.float32) * 1000
    points[:, 2] = 20 * np.sin(points[:, 0] / 50) * np.cos(points[:, 1] / 70)
    return points, random.integers(0, 256, (n, 3), np.uint8)


def records(points, **more):
    fields = [(axis, "<f4") for axis in "xyz"] + [(name, values.dtype) for name, values in more.items()]
    rows = np.empty(len(points), fields)
    for i, axis in enumerate("xyz"):
        rows[axis] = points[:, i]
    for name, values in more.items():
        rows[name] = values
    return rows


def ply(name, n):
    points, colors = terrain(n)
    head = f"ply\nformat binary_little_endian 1.0\nelement vertex {n}\n"
    head += "".join(f"property float {axis}\n" for axis in "xyz")
    head += "".join(f"property uchar {channel}\n" for channel in ("red", "green", "blue")) + "end_header\n"
    with open(out / name, "wb") as f:
        f.write(head.encode())
        records(points, red=colors[:, 0], green=colors[:, 1], blue=colors[:, 2]).tofile(f)


def grid(side):
    """A height field: its points, and its triangles as numbers of points."""
    x, y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    points = np.stack([x, y, 9 * np.sin(x / 31) * np.cos(y / 37)], -1).reshape(-1, 3).astype(np.float32)
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    faces = np.stack([corner, corner + 1, corner + side, corner + 1, corner + side + 1, corner + side], -1)
    return points, faces.reshape(-1, 3)


def stl(name, side):
    points, faces = grid(side)
    rows = np.zeros(len(faces), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
    rows["normal"] = [0, 0, 1]
    rows["corners"] = points[faces]
    with open(out / name, "wb") as f:
        f.write(b"\0" * 80 + np.uint32(len(faces)).tobytes())
        rows.tofile(f)


def obj(name, side):
    points, faces = grid(side)
    with open(out / name, "w") as f:
        f.writelines("v %.6f %.6f %.6f\n" % tuple(p) for p in points.tolist())
        f.writelines("vn %.4f %.4f %.4f\n" % (p[2] / 9, 0.0, 1.0) for p in points.tolist())
        f.writelines("f %d//%d %d//%d %d//%d\n" % (a, a, b, b, c, c) for a, b, c in (faces + 1).tolist())


def pcd(name, n):
    points, colors = terrain(n)
    wide = colors.astype(np.uint32)
    rgb = (wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]).view(np.float32)
    head = "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F F\n"
    head += f"COUNT 1 1 1 1\nWIDTH {n}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS {n}\nDATA binary\n"
    with open(out / name, "wb") as f:
        f.write(head.encode())
        records(points, rgb=rgb).tofile(f)


def las(n, *names):
    points, colors = terrain(n)
    order = np.lexsort((points[:, 0], np.floor(points[:, 1])))  # in lines, as a scanner writes them
    header = laspy.LasHeader(point_format=2, version="1.2")
    header.scales, header.offsets = [0.001] * 3, [0, 0, 0]
    data = laspy.LasData(header)
    data.x, data.y, data.z = points[order].T.astype(np.float64)
    data.red, data.green, data.blue = colors[order].T.astype(np.uint16) * 256
    data.intensity = random.integers(0, 4000, n, np.uint16)
    for name in names:
        data.write(out / name)


def urdf(name, links):
    text = '<robot name="chain"><link name="l0"/>'
    for i in range(1, links + 1):
        text += f'<link name="l{i}"><visual><geometry><box size="0.1 0.1 0.1"/></geometry></visual></link>'
        text += f'<joint name="j{i}" type="continuous"><parent link="l{i - 1}"/><child link="l{i}"/>'
        text += '<origin xyz="0 0 0.1" rpy="0.1 0 0"/><axis xyz="0 1 1"/></joint>'
    (out / name).write_text(text + "</robot>")


ply("cloud.ply", 10_000_000)
ply("million.ply", 1_000_000)
stl("mesh.stl", 1000)
obj("mesh.obj", 800)
pcd("cloud.pcd", 10_000_000)
las(5_000_000, "cloud.las", "cloud.laz")
np.save(out / "cloud.npy", terrain(10_000_000)[0])
urdf("chain.urdf", 30)
