"""Makes the STL files of the tests by trimesh, and golden.json of what trimesh reads in them.

    pip install trimesh numpy && python make.py
"""

import json

import numpy as np
import trimesh

golden = {}


def add(name, scene):
    loaded = trimesh.load(name, process=False)
    meshes = list(loaded.geometry.values()) if isinstance(loaded, trimesh.Scene) else [loaded]
    golden[name] = {"Triangles": np.concatenate([m.triangles.reshape(-1, 9) for m in meshes]).tolist()}
    colors = scene.get("colors")
    if colors is not None:
        golden[name]["Colors"] = np.repeat(colors, 3, axis=0).reshape(-1, 9).tolist()


ball = trimesh.creation.icosphere(subdivisions=1, radius=1.5)
ball.export("binary.stl")
add("binary.stl", {})

open("text.stl", "w").write(trimesh.exchange.stl.export_stl_ascii(ball))
add("text.stl", {})

# A binary file that begins with "solid", as some programs write.
data = bytearray(open("binary.stl", "rb").read())
data[:80] = b"solid made by a program that should not do so".ljust(80)
open("solid.stl", "wb").write(data)
add("solid.stl", {})


def colored(name, header, attributes, colors):
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
    box = trimesh.creation.box(extents=(1, 2, 3))
    rows = np.zeros(12, dtype=record)
    rows["corners"] = box.triangles
    rows["attribute"] = attributes
    with open(name, "wb") as f:
        f.write(header.ljust(80, b"\0") + np.uint32(12).tobytes() + rows.tobytes())
    add(name, {"colors": colors})


index = np.arange(12)
red, green, blue = index * 2, 31 - index, index + 5
rgb = np.stack([red, green, blue], axis=1) * 255 / 31
has = index % 4 != 3
colored("viscam.stl", b"VisCAM", np.where(has, 0x8000 | red << 10 | green << 5 | blue, 0), np.where(has[:, None], rgb, 128))
colored(
    "magics.stl",
    b"Magics COLOR=" + bytes([10, 20, 30, 255]),
    np.where(has, blue << 10 | green << 5 | red, 0x8000),
    np.where(has[:, None], rgb, [10, 20, 30]),
)

json.dump(golden, open("golden.json", "w"))
