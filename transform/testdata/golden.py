"""Record what viser's transforms compute, for transform/golden_test.go.

    pip install viser==1.1.1
    python transform/testdata/golden.py > transform/testdata/golden.json

The file's numbers are the real viser's; they are never written by our code.
"""

from __future__ import annotations

import json

import numpy as np
import viser
from viser.transforms import SE2, SE3, SO2, SO3

rng = np.random.default_rng(2)


def floats(x):
    """Fifteen digits are enough, and make the file smaller."""
    x = np.asarray(x, dtype=np.float64)
    return float(f"{x:.15g}") if x.ndim == 0 else [floats(y) for y in x]


def directions(n):
    v = rng.normal(size=(n, 3))
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


# Angles from nothing to a little less than half a turn, and beyond.
ANGLES = [0.0, 1e-9, 1e-6, 1e-4, 3e-3, 0.1, 0.5, 1.0, 2.0, 3.0, 3.1415]
NEGATIVE = [-1e-6, -0.1, -2.0, -3.1415]
BEYOND = [np.pi, 3.2, 6.3, 20.0]


def so2():
    for a in ANGLES + NEGATIVE + BEYOND:
        r, o = SO2.from_radians(a), SO2.from_radians(float(rng.uniform(-3, 3)))
        p = rng.normal(size=2)
        yield {
            "radians": a,
            "other": floats(o.unit_complex),
            "point": floats(p),
            "exp": floats(SO2.exp(np.array([a])).parameters()),
            "from_radians": floats(r.parameters()),
            "as_radians": floats(r.as_radians()),
            "as_matrix": floats(r.as_matrix()),
            "apply": floats(r @ p),
            "multiply": floats((r @ o).unit_complex),
            "inverse": floats(r.inverse().unit_complex),
            "adjoint": floats(r.adjoint()),
            "normalize": floats(SO2(r.unit_complex * 3.5).normalize().unit_complex),
            "from_matrix": floats(SO2.from_matrix(r.as_matrix()).unit_complex),
        }


def so3_exp():
    for a, d in zip(ANGLES + BEYOND, directions(len(ANGLES + BEYOND))):
        yield {"tangent": floats(a * d), "exp": floats(SO3.exp(a * d).wxyz)}


def so3():
    poses = [SO3.exp(a * d) for a, d in zip(ANGLES, directions(len(ANGLES)))]
    poses += [SO3.sample_uniform(rng) for _ in range(5)]
    # Where each of the four ways from a matrix is taken.
    poses += [SO3.exp(3.1 * np.eye(3)[i] + 0.01) for i in range(3)]
    poses += [SO3.exp(-3.1 * np.eye(3)[i] + 0.01) for i in range(3)]
    for r in poses:
        o, p = SO3.sample_uniform(rng), rng.normal(size=3)
        yield {
            "wxyz": floats(r.wxyz),
            "other": floats(o.wxyz),
            "point": floats(p),
            "xyzw": floats(r.as_quaternion_xyzw()),
            "from_xyzw": floats(SO3.from_quaternion_xyzw(o.wxyz).wxyz),
            "as_matrix": floats(r.as_matrix()),
            "from_matrix": floats(SO3.from_matrix(r.as_matrix()).wxyz),
            "rpy": floats(r.as_rpy_radians()),
            "log": floats(r.log()),
            "apply": floats(r @ p),
            "multiply": floats((r @ o).wxyz),
            "inverse": floats(r.inverse().wxyz),
            "normalize": floats(SO3(r.wxyz * 0.3).normalize().wxyz),
            "scaled_matrix": floats(SO3(r.wxyz * 0.3).as_matrix()),
        }


def so3_angles():
    for a, (roll, pitch, yaw) in zip(ANGLES + BEYOND, rng.uniform(-4, 4, size=(99, 3))):
        yield {
            "radians": a,
            "x": floats(SO3.from_x_radians(a).wxyz),
            "y": floats(SO3.from_y_radians(-a).wxyz),
            "z": floats(SO3.from_z_radians(a).wxyz),
            "rpy": [roll, pitch, yaw],
            "from_rpy": floats(SO3.from_rpy_radians(roll, pitch, yaw).wxyz),
        }


def se(group, poses, samples, size):
    for tangent, t in poses:
        o, p = samples(), rng.normal(size=size)
        yield {
            "tangent": floats(tangent),
            "parameters": floats(t.parameters()),
            "other": floats(o.parameters()),
            "point": floats(p),
            "exp": floats(group.exp(tangent).parameters()),
            "log": floats(t.log()),
            "as_matrix": floats(t.as_matrix()),
            "from_matrix": floats(group.from_matrix(t.as_matrix()).parameters()),
            "apply": floats(t @ p),
            "multiply": floats((t @ o).parameters()),
            "inverse": floats(t.inverse().parameters()),
            "adjoint": floats(t.adjoint()),
        }


def se2():
    angles = ANGLES + NEGATIVE
    poses = []
    for a, (x, y) in zip(angles, rng.normal(size=(len(angles), 2))):
        poses.append((np.array([x, y, a]), SE2.from_xy_theta(2 * y, x, a)))
    return se(SE2, poses, lambda: SE2.sample_uniform(rng), 2)


def se3():
    poses = []
    for a, d, v, t in zip(ANGLES, directions(99), rng.normal(size=(99, 3)), rng.normal(size=(99, 3))):
        pose = SE3.from_rotation_and_translation(SO3.exp(a * d), t)
        poses.append((np.concatenate([v, a * d]), pose))
    return se(SE3, poses, lambda: SE3.sample_uniform(rng), 3)


def main():
    out = {"viser": viser.__version__}
    for name, cases in [
        ("so2", so2()), ("so3_exp", so3_exp()), ("so3", so3()),
        ("so3_angles", so3_angles()), ("se2", se2()), ("se3", se3()),
    ]:
        out[name] = list(cases)
    out["identities"] = {
        g.__name__: floats(g.identity().parameters()) for g in (SO2, SO3, SE2, SE3)
    }
    # One case a line keeps differences readable.
    print("{")
    for i, (key, value) in enumerate(out.items()):
        end = "," if i + 1 < len(out) else ""
        if isinstance(value, list):
            print(f'"{key}": [\n' + ",\n".join(json.dumps(v, separators=(",", ":")) for v in value) + "]" + end)
        else:
            print(f'"{key}": {json.dumps(value)}{end}')
    print("}")


main()
