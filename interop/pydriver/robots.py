"""Robots out of packages of PyPI, and where their links are by yourdfpy and MuJoCo.

"list" prints {"root": folder, "files": [its URDF and MJCF files]}. "poses" reads one JSON line for each file, {"file": …,
"config": {joint: position} or [qpos]}, and answers with one: {"poses": {link: its 4 x 4 matrix}} or {"error": …}.
"""

from __future__ import annotations

import json
import logging
import sys
import sysconfig
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import mujoco
import numpy as np
import yourdfpy

ROOT = Path(sysconfig.get_path("purelib"))
PACKAGES = ("cmeel.prefix/share/example-robot-data", "dm_control", "gymnasium", "mujoco")


def is_robot(path: Path) -> bool:
    if path.suffix == ".urdf":
        return True
    return path.suffix == ".xml" and ET.parse(path).getroot().tag == "mujoco"


def robots() -> list[str]:
    found = []
    for package in PACKAGES:
        paths = [p for p in (ROOT / package).rglob("*") if is_robot(p)]
        assert paths, f"there are no robots in {package}"
        found += sorted(p.relative_to(ROOT).as_posix() for p in paths)
    return found


def of_urdf(path: Path, config: dict[str, float]) -> dict[str, Any]:
    robot = yourdfpy.URDF.load(path, load_meshes=False, build_scene_graph=True)
    robot.update_cfg({name: float(position) for name, position in config.items()})
    return {link.name: robot.get_transform(link.name) for link in robot.robot.links}


def of_mjcf(path: Path, config: list[float]) -> dict[str, Any]:
    model = mujoco.MjModel.from_xml_path(str(path))
    if len(config) != model.nq:
        raise ValueError(f"MuJoCo has {model.nq} numbers in a configuration, and not {len(config)}")
    data = mujoco.MjData(model)
    data.qpos[:] = config
    mujoco.mj_kinematics(model, data)
    poses = {}
    for i in range(model.nbody):
        pose = np.eye(4)
        pose[:3, :3], pose[:3, 3] = data.xmat[i].reshape(3, 3), data.xpos[i]
        poses[model.body(i).name or f"body {i}"] = pose
    return poses


def main() -> None:
    logging.disable(logging.CRITICAL)
    if sys.argv[1] == "list":
        print(json.dumps({"root": str(ROOT), "files": robots()}))
        return
    for line in sys.stdin:
        asked = json.loads(line)
        path = ROOT / asked["file"]
        try:
            poses = (of_urdf if path.suffix == ".urdf" else of_mjcf)(path, asked["config"])
            answer: dict[str, Any] = {"poses": {name: pose.tolist() for name, pose in poses.items()}}
        except Exception as e:  # whatever the packages raise for a file that is invalid
            answer = {"error": f"{type(e).__name__}: {e}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
