"""Writes arm.json: the poses of arm.urdf's links by yourdfpy, at some configurations, and the frames of viser's ViserUrdf (both from PyPI)."""

import io
import json
import pathlib
import types

import numpy as np
import yourdfpy
from viser.extras import ViserUrdf

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


class Recorder:
    """Stands for a server of viser: it keeps the frames that are added to its scene."""

    def __init__(self):
        self.scene, self.frames = self, {}

    def add_frame(self, name, show_axes):
        self.frames[name] = types.SimpleNamespace(wxyz=(1, 0, 0, 0), position=(0, 0, 0))
        return self.frames[name]

    def add_mesh_trimesh(self, name, mesh):
        return None


# The frames of viser's own ViserUrdf, at twice the size and the last of the configurations.
recorder = Recorder()
shown = ViserUrdf(recorder, robot, scale=2.0, root_node_name="/robots/arm")
shown.update_cfg(np.array(result["cases"][-1]["config"]))
result["viser"] = {n: [*map(float, f.position), *map(float, f.wxyz)] for n, f in recorder.frames.items()}
(here / "arm.json").write_text(json.dumps(result))

# A mesh of one tetrahedron.
points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
faces = [[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]]
rows = np.zeros(4, dtype=[("normal", "<f4", 3), ("points", "<f4", (3, 3)), ("attribute", "<u2")])
rows["points"] = points[faces]
(here / "arm" / "meshes" / "tip.stl").write_bytes(b"\0" * 80 + np.uint32(4).tobytes() + rows.tobytes())
