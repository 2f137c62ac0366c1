"""Makes the OBJ files of the tests, and golden.json of what trimesh reads in them.

    pip install trimesh numpy pillow && python make.py
"""

import json

import numpy as np
import trimesh
from PIL import Image

golden = {}


def add(name):
    loaded = trimesh.load(name, process=False, maintain_order=True)
    meshes = list(loaded.geometry.values()) if isinstance(loaded, trimesh.Scene) else [loaded]
    want = {"Triangles": np.concatenate([m.triangles.reshape(-1, 9) for m in meshes]).tolist()}
    if all(getattr(m.visual, "uv", None) is not None for m in meshes):
        want["UVs"] = np.concatenate([m.visual.uv[m.faces].reshape(-1, 6) for m in meshes]).tolist()
    if all(m.visual.kind == "vertex" for m in meshes):
        want["Colors"] = np.concatenate([m.visual.vertex_colors[m.faces][:, :, :3].reshape(-1, 9) for m in meshes]).tolist()
    want["Unordered"] = len(meshes) > 1
    golden[name] = want


ball = trimesh.creation.icosphere(subdivisions=1)
colors = np.zeros((len(ball.vertices), 4), dtype=np.uint8)
colors[:, :3] = (ball.vertices * 127 + 128).astype(np.uint8)
colors[:, 3] = 255
ball.visual = trimesh.visual.ColorVisuals(ball, vertex_colors=colors)
ball.export("colors.obj")
add("colors.obj")

image = Image.fromarray((np.indices((4, 4)).sum(axis=0) % 2 * 255).astype(np.uint8))
box = trimesh.creation.box()
uv = np.random.default_rng(1).random((len(box.vertices), 2))
box.visual = trimesh.visual.TextureVisuals(uv=uv, image=image)
box.export("textured.obj")
add("textured.obj")

open("quads.obj", "w").write(
    """# two materials, quads, seams of the texture
mtllib quads.mtl
o first
v 0 0 0
v 1 0 0
v 1 1 0
v 0 1 0
vt 0 0
vt 1 0
vt 1 1
vt 0 1
vn 0 0 1
usemtl red
f 1/1/1 2/2/1 3/3/1 4/4/1
v 0 0 1
v 1 0 1
v 1 1 1
vt 0.25 0.5
o second
usemtl blue paint
f 5/5/1 6/4/1 7/3/1
f 1/5/1 5/4/1 2/1/1
"""
)
open("quads.mtl", "w").write(
    """newmtl red
Kd 1 0 0
Ns 96
newmtl blue paint
Kd 0 0.25 1.0
Tr 0.25
map_Kd -s 2 2 1 -o 0.5 0 material_0.png
"""
)
add("quads.obj")
# Of trimesh's result only the corners count: it ignores where a texture is placed.
golden["quads.obj"].pop("UVs", None)

json.dump(golden, open("golden.json", "w"))
