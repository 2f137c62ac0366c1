"""Makes the glTF files of the tests by trimesh, and golden.json of what trimesh reads in them.

    pip install trimesh numpy pillow && python make.py
"""

import json

import numpy as np
import trimesh
from PIL import Image

image = Image.fromarray((np.indices((4, 4)).sum(axis=0) % 2 * 255).astype(np.uint8))
box = trimesh.creation.box()
uv = np.random.default_rng(1).random((len(box.vertices), 2))
box.visual = trimesh.visual.TextureVisuals(uv=uv, image=image)
scene = trimesh.Scene()
scene.add_geometry(box, transform=trimesh.transformations.rotation_matrix(0.5, [1, 2, 3], [4, 5, 6]))
scene.add_geometry(trimesh.creation.icosphere(subdivisions=0))
for name, data in trimesh.exchange.gltf.export_gltf(scene).items():
    open(name, "wb").write(data)

loaded = trimesh.load("model.gltf")
golden = {
    "Vertices": sum(len(g.vertices) for g in loaded.geometry.values()),
    "Triangles": sum(len(g.faces) for g in loaded.geometry.values()),
    "Min": loaded.bounds[0].tolist(),
    "Max": loaded.bounds[1].tolist(),
}
json.dump(golden, open("golden.json", "w"))
