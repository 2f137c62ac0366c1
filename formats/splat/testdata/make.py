"""Writes the golden files and expect.json: files by splat-transform and GaussianSplats3D, what is in them as
splat-transform converts it to PLY, read with plyfile.

    pip install numpy plyfile pillow
    npm install @playcanvas/splat-transform@2.7.1 @mkkellogg/gaussian-splats-3d@0.4.7 three
    NODE_MODULES=…/node_modules python3 make.py
"""

import gzip
import json
import os
import struct
import subprocess
import tempfile

import numpy as np
from PIL import Image
from plyfile import PlyData, PlyElement

modules = os.environ["NODE_MODULES"]
rng = np.random.default_rng(11)
N = 12
expect = {}


def scene(degree, order=None):
    """N splats as a PLY of the training program has them."""
    v = {}
    for k in "xyz":
        v[k] = rng.uniform(-2, 2, N)
    for k in range(3):
        v[f"f_dc_{k}"] = rng.uniform(-1.5, 1.5, N)
    for k in range(3 * ((degree + 1) ** 2 - 1)):
        v[f"f_rest_{k}"] = rng.laplace(0, 0.1, N).clip(-0.9, 0.9)
    v["opacity"] = rng.uniform(-3, 5, N)
    for k in range(3):
        v[f"scale_{k}"] = rng.uniform(-6, -1, N)
    q = rng.normal(size=(N, 4))
    q /= np.linalg.norm(q, axis=1)[:, None]
    for k in range(4):
        v[f"rot_{k}"] = q[:, k]
    names = list(v)
    if order:
        order.shuffle(names)
    rows = np.zeros(N, [(n, "f4") for n in names])
    for n in names:
        rows[n] = v[n]
    return rows


def save(rows, name):
    PlyData([PlyElement.describe(rows, "vertex")]).write(name)


def transform(*args):
    subprocess.run(
        ["node", f"{modules}/@playcanvas/splat-transform/bin/cli.mjs", "-q", "-w", "-g", "cpu", *args], check=True
    )


def rounded(a):
    return [float(f"{x:.6g}") for x in np.asarray(a, np.float64).ravel()]


def note(name, path=None):
    with tempfile.TemporaryDirectory() as d:
        ply = path or f"{d}/out.ply"
        if not path:
            transform(name, ply)
        v = PlyData.read(ply)["vertex"].data
    degree = 0
    while f"f_rest_{3 * ((degree + 2) ** 2 - 1) - 1}" in v.dtype.names:
        degree += 1
    k = (degree + 1) ** 2 - 1
    column = lambda *names: np.stack([v[n] for n in names], 1)
    q = column("rot_0", "rot_1", "rot_2", "rot_3")
    expect[name] = {
        "degree": degree,
        "centers": rounded(column("x", "y", "z")),
        "scales": rounded(np.exp(column("scale_0", "scale_1", "scale_2"))),
        "wxyzs": rounded(q / np.linalg.norm(q, axis=1)[:, None]),
        "colors": rounded(255 * (0.5 + 0.28209479177387814 * column("f_dc_0", "f_dc_1", "f_dc_2")).clip(0, 1)),
        "opacities": rounded(1 / (1 + np.exp(-v["opacity"].astype(np.float64)))),
        # One coefficient after another, each red, green, blue.
        "harmonics": rounded(np.stack([v[f"f_rest_{c * k + i}"] for i in range(k) for c in range(3)], 1)) if k else [],
    }


for degree in range(4):
    rows = scene(degree, order=rng if degree == 2 else None)
    save(rows, f"degree{degree}.ply")
    note(f"degree{degree}.ply", f"degree{degree}.ply")

transform("degree3.ply", "packed3.compressed.ply")
transform("degree1.ply", "packed1.compressed.ply")
for name in ("packed3", "packed1"):
    os.rename(f"{name}.compressed.ply", f"{name}.ply")
    note(f"{name}.ply")

for degree in (3, 1):
    transform("--spz-version", "3", f"degree{degree}.ply", f"degree{degree}.spz")
    note(f"degree{degree}.spz")

# The versions before are not written any more. They have the first three of a quaternion's numbers, and version 1 has
# half floats as coordinates.
body = gzip.decompress(open("degree3.spz", "rb").read())
rows = PlyData.read("degree3.ply")["vertex"].data
q = np.stack([rows["rot_1"], -rows["rot_2"], -rows["rot_3"]], 1) * np.sign(rows["rot_0"])[:, None]
at = 16 + (9 + 1 + 3 + 3) * N
old = bytearray(body[:at] + np.rint((q + 1) * 127.5).astype(np.uint8).tobytes() + body[at + 4 * N :])
struct.pack_into("<I", old, 4, 2)
open("v2.spz", "wb").write(gzip.compress(bytes(old), mtime=0))
note("v2.spz")

fixed = np.frombuffer(bytes(old[16 : 16 + 9 * N]), np.uint8).reshape(-1, 3).astype(np.int32)
fixed = fixed[:, 0] | fixed[:, 1] << 8 | fixed[:, 2] << 16
fixed[fixed >= 1 << 23] -= 1 << 24
struct.pack_into("<I", old, 4, 1)
old[16 : 16 + 9 * N] = (fixed / 2 ** old[13]).astype("<f2").tobytes()
open("v1.spz", "wb").write(gzip.compress(bytes(old), mtime=0))
note("v1.spz")

for level in range(3):
    for degree in (0, 1, 2):
        if degree == 2 or level == 1:
            name = f"level{level}_{degree}.ksplat"
            subprocess.run(["node", "make.mjs", f"degree{degree}.ply", name, str(level)], check=True)
            note(name)

for degree in (0, 2, 3):
    transform(f"degree{degree}.ply", f"degree{degree}.sog")
    note(f"degree{degree}.sog")

# A folder of version 1, which is not written any more: bytes between bounds.
folder = "sog1"
os.makedirs(folder, exist_ok=True)
rows = PlyData.read("degree1.ply")["vertex"].data
column = lambda names: np.stack([rows[n] for n in names.split()], 1).astype(np.float64)


def picture(name, pixels, width=4):
    pixels = np.asarray(pixels, np.uint8).reshape(-1, width, 4)
    Image.fromarray(pixels, "RGBA").save(f"{folder}/{name}", lossless=True, exact=True)


def bounded(values, steps):
    lo, hi = values.min(0), values.max(0)
    return lo.tolist(), hi.tolist(), np.rint((values - lo) / (hi - lo) * steps).astype(int)


opaque = lambda a: np.concatenate([a, np.full((len(a), 1), 255)], 1)
p = column("x y z")
lo, hi, steps = bounded(np.sign(p) * np.log1p(np.abs(p)), 65535)
meta = {"means": {"shape": [N, 3], "dtype": "float32", "mins": lo, "maxs": hi, "files": ["means_l.webp", "means_u.webp"]}}
picture("means_l.webp", opaque(steps & 255))
picture("means_u.webp", opaque(steps >> 8))
lo, hi, steps = bounded(column("scale_0 scale_1 scale_2"), 255)
meta["scales"] = {"shape": [N, 3], "dtype": "float32", "mins": lo, "maxs": hi, "files": ["scales.webp"]}
picture("scales.webp", opaque(steps))
q = column("rot_0 rot_1 rot_2 rot_3")
largest = np.abs(q).argmax(1)
q *= np.sign(q[np.arange(N), largest])[:, None]
small = np.stack([np.delete(q[i], largest[i]) for i in range(N)])
picture("quats.webp", np.concatenate([np.rint((small * np.sqrt(2) + 1) / 2 * 255), 252 + largest[:, None]], 1))
meta["quats"] = {"shape": [N, 4], "dtype": "uint8", "encoding": "quaternion_packed", "files": ["quats.webp"]}
lo, hi, steps = bounded(column("f_dc_0 f_dc_1 f_dc_2 opacity"), 255)
meta["sh0"] = {"shape": [N, 1, 4], "dtype": "float32", "mins": lo, "maxs": hi, "files": ["sh0.webp"]}
picture("sh0.webp", steps)
rest = np.stack([rows[f"f_rest_{c * 3 + i}"] for i in range(3) for c in range(3)], 1).astype(np.float64)
lo, hi = rest.min(), rest.max()
palette = np.full((64, 3, 4), 255)
palette[:N, :, :3] = np.rint((rest - lo) / (hi - lo) * 255).reshape(N, 3, 3)[::-1]
picture("shN_centroids.webp", palette, 192)
picture("shN_labels.webp", [[N - 1 - i, 0, 0, 255] for i in range(N)])
meta["shN"] = {"shape": [N, 9], "dtype": "float32", "mins": lo, "maxs": hi, "quantization": 8, "files": ["shN_centroids.webp", "shN_labels.webp"]}
json.dump(meta, open(f"{folder}/meta.json", "w"))
note(f"{folder}/meta.json")

json.dump(expect, open("expect.json", "w"), separators=(",", ":"))
