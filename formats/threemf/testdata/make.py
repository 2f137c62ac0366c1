"""Makes the 3MF files of the tests by trimesh, and golden.json of what trimesh reads in them.

    pip install trimesh numpy networkx lxml && python make.py
"""

import json

import numpy as np
import trimesh

scene = trimesh.Scene()
box = trimesh.creation.box()
scene.add_geometry(trimesh.creation.icosphere(subdivisions=1), geom_name="ball")
scene.add_geometry(box, geom_name="box", transform=trimesh.transformations.rotation_matrix(0.5, [1, 2, 3], [4, 5, 6]))
scene.add_geometry(box, geom_name="box", transform=trimesh.transformations.translation_matrix([0, 0, 9]))
open("scene.3mf", "wb").write(trimesh.exchange.threemf.export_3MF(scene))

loaded = trimesh.load("scene.3mf", process=False)
golden = {"scene.3mf": {"Triangles": np.concatenate([m.triangles.reshape(-1, 9) for m in loaded.dump()]).tolist(), "Unordered": True}}
json.dump(golden, open("golden.json", "w"))
