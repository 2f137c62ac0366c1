"""Writes arm.json: the poses of arm.urdf's links by yourdfpy (from PyPI), at some configurations."""

import io
import json
import pathlib

import numpy as np
import yourdfpy

here = pathlib.Path(__file__).parent
text = (here / "arm" / "urdf" / "arm.urdf").read_text()
text = text.replace('<capsule radius="0.02" length="0.1"/>', '<sphere radius="0.02"/>')  # which yourdfpy does not know
robot = yourdfpy.URDF.load(io.StringIO(text), load_meshes=False, build_scene_graph=True)
rng = np.random.default_rng(1)
result = {"joints": robot.actuated_joint_names, "cases": []}
for _ in range(5):
    config = rng.uniform(-1, 1, len(robot.actuated_joint_names))
    robot.update_cfg(config)
    poses = {link.name: robot.get_transform(link.name).round(12).tolist() for link in robot.robot.links}
    result["cases"].append({"config": config.tolist(), "poses": poses})
(here / "arm.json").write_text(json.dumps(result))

# A mesh of one tetrahedron.
points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
faces = [[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]]
rows = np.zeros(4, dtype=[("normal", "<f4", 3), ("points", "<f4", (3, 3)), ("attribute", "<u2")])
rows["points"] = points[faces]
(here / "arm" / "meshes" / "tip.stl").write_bytes(b"\0" * 80 + np.uint32(4).tobytes() + rows.tobytes())
