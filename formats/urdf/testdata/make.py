"""Writes arm.json: what yourdfpy (an independent reader, from PyPI) reads from arm.urdf."""

import json
import pathlib

import numpy as np
import yourdfpy

here = pathlib.Path(__file__).parent
robot = yourdfpy.URDF.load(here / "arm.urdf", load_meshes=False, build_scene_graph=True)


def matrix(m):
    return (np.eye(4) if m is None else np.asarray(m)).tolist()


def shape(s):
    g = s.geometry
    out = {"name": s.name or "", "origin": matrix(s.origin)}
    if g.box is not None:
        out |= {"kind": "box", "size": [float(x) for x in g.box.size]}
    elif g.cylinder is not None:
        out |= {"kind": "cylinder", "radius": g.cylinder.radius, "length": g.cylinder.length}
    elif g.sphere is not None:
        out |= {"kind": "sphere", "radius": g.sphere.radius}
    else:
        scale = np.ones(3) if g.mesh.scale is None else np.broadcast_to(g.mesh.scale, 3)
        out |= {"kind": "mesh", "file": g.mesh.filename, "scale": scale.tolist()}
    material = getattr(s, "material", None)
    if material is not None:
        color = material.color or robot._material_map.get(material.name, material).color
        if color is not None:
            out["color"] = [float(x) for x in color.rgba]
    return out


def joint(j):
    out = {"name": j.name, "type": j.type, "parent": j.parent, "child": j.child, "origin": matrix(j.origin)}
    if j.type != "floating":
        out["axis"] = (np.asarray(j.axis) / np.linalg.norm(j.axis)).tolist()
    if j.limit is not None:
        out["limit"] = [j.limit.lower or 0.0, j.limit.upper or 0.0]
    if j.mimic is not None:
        out["mimic"] = [j.mimic.joint, j.mimic.multiplier, j.mimic.offset]
    return out


result = {
    "root": robot.base_link,
    "links": [
        {"name": l.name, "visuals": [shape(s) for s in l.visuals], "collisions": [shape(s) for s in l.collisions]}
        for l in robot.robot.links
    ],
    "joints": [joint(j) for j in robot.robot.joints],
}
(here / "arm.json").write_text(json.dumps(result, indent=1))
