"""Writes the .npy and .npz files of this folder, and what is in them, with numpy.

    pip install numpy && python3 make.py
"""

import json

import numpy as np

rng = np.random.default_rng(11)
expect = {}


def plain(a):
    return np.asarray(a, float).ravel().tolist()


def save(name, a):
    np.save(name, a, allow_pickle=False)
    if a.dtype.names:
        fields = {k: {"shape": list(a[k].shape), "values": plain(a[k])} for k in a.dtype.names}
        expect[name] = {"shape": list(a.shape), "fields": fields}
    else:
        expect[name] = {"shape": list(a.shape), "dtype": a.dtype.str, "values": plain(a)}


for t in ("b1", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
    a = (rng.normal(0, 100, (3, 4)) if "f" in t else rng.integers(0, 2 if t == "b1" else 100, (3, 4))).astype(t)
    save(f"type_{t.replace('<', 'little_').replace('>', 'big_')}.npy", a)
save("half_special.npy", np.array([0, -0.0, 65504, 6e-8, 6.1e-5, -1.5, 0.333], "<f2"))
save("fortran.npy", np.asfortranarray(rng.normal(0, 1, (3, 4, 5)).astype("<f4")))
save("scalar.npy", np.array(3.5))
save("empty.npy", np.zeros((0, 3), "<f4"))
save("vector.npy", np.arange(5))
structured = np.zeros(6, dtype=np.dtype([("x", "<f4"), ("y", "<f8"), ("z", ">i2"), ("rgb", "u1", (3,)), ("red", "u1"), ("green", "u1"), ("blue", "u1"), ("t", "<i8")], align=True))
for name in structured.dtype.names:
    structured[name] = rng.integers(0, 100, structured[name].shape)
save("structured.npy", structured)
with open("version2.npy", "wb") as f:
    np.lib.format.write_array(f, np.arange(6.0).reshape(2, 3), version=(2, 0))
expect["version2.npy"] = {"shape": [2, 3], "dtype": "<f8", "values": [0, 1, 2, 3, 4, 5]}
with open("version3.npy", "wb") as f:
    np.lib.format.write_array(f, np.arange(6.0).reshape(2, 3), version=(3, 0))
expect["version3.npy"] = expect["version2.npy"]

points = rng.normal(0, 3, (9, 3))
colors = rng.integers(0, 256, (9, 3)).astype("u1")
archive = {"points": points, "colors": colors, "intensity": np.arange(9.0), "camera": np.eye(4), "name": np.array("a text")}
np.savez("cloud.npz", **archive)
np.savez_compressed("cloud_compressed.npz", **archive)
expect["archive"] = {"points": points.astype(np.float32).astype(float).tolist(), "colors": colors.tolist()}

with open("expect.json", "w") as f:
    json.dump(expect, f)
