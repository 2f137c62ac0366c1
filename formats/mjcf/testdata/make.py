"""Writes model.json: what MuJoCo itself (from PyPI) makes of model.xml."""

import json
import math
import pathlib

import mujoco

here = pathlib.Path(__file__).parent
m = mujoco.MjModel.from_xml_path(str(here / "model.xml"))
types = ["plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh"]
qpos = [math.sin(3.7 * i + 1) for i in range(m.nq)]
for j in range(m.njnt):  # quaternions are of length 1
    at = m.jnt_qposadr[j] + (3 if m.jnt_type[j] == 0 else 0)
    if m.jnt_type[j] < 2:
        n = math.sqrt(sum(x * x for x in qpos[at : at + 4]))
        qpos[at : at + 4] = [x / n for x in qpos[at : at + 4]]
d = mujoco.MjData(m)
d.qpos[:] = qpos
mujoco.mj_kinematics(m, d)
mujoco.mj_camlight(m, d)


def pose(pos, mat):
    return {"position": list(pos), "matrix": mat.reshape(3, 3).tolist()}


def color(i):
    """As MuJoCo's renderer: a color other than the default is used instead of the material's."""
    own = m.geom_rgba[i]
    if m.geom_matid[i] >= 0 and all(own == (0.5, 0.5, 0.5, 1)):
        own = m.mat_rgba[m.geom_matid[i]]
    return [float(x) for x in own]


result = {
    "nq": m.nq,
    "qpos": qpos,
    "bodies": [{"name": m.body(i).name, "parent": int(m.body_parentid[i]), **pose(d.xpos[i], d.xmat[i])} for i in range(m.nbody)],
    "joints": [
        {
            "name": m.jnt(i).name, "type": ["free", "ball", "slide", "hinge"][m.jnt_type[i]], "index": int(m.jnt_qposadr[i]),
            "limited": bool(m.jnt_limited[i]), "range": list(m.jnt_range[i]),
        }
        for i in range(m.njnt)
    ],
    "geoms": [
        {
            "name": m.geom(i).name, "type": types[m.geom_type[i]], "body": int(m.geom_bodyid[i]), "group": int(m.geom_group[i]),
            "rgba": color(i),
            "collides": bool(m.geom_contype[i] or m.geom_conaffinity[i]), "size": list(m.geom_size[i]),
            **pose(d.geom_xpos[i], d.geom_xmat[i]),
        }
        for i in range(m.ngeom)
    ],
    "sites": [{"name": m.site(i).name, "size": list(m.site_size[i]), **pose(d.site_xpos[i], d.site_xmat[i])} for i in range(m.nsite)],
    "cameras": [{"name": m.cam(i).name, "fovy": math.radians(m.cam_fovy[i]), **pose(d.cam_xpos[i], d.cam_xmat[i])} for i in range(m.ncam)],
    "lights": [{"name": m.light(i).name, "position": list(d.light_xpos[i]), "direction": list(d.light_xdir[i])} for i in range(m.nlight)],
    # The corners of the mesh, which MuJoCo keeps in a frame of its own.
    "wedge": [
        (d.geom("wedge").xpos + d.geom("wedge").xmat.reshape(3, 3) @ v).tolist()
        for v in m.mesh_vert[m.mesh_vertadr[0] : m.mesh_vertadr[0] + m.mesh_vertnum[0]]
    ],
}
(here / "model.json").write_text(json.dumps(result))
