"""Writes a capture of two frames, and expected.json with the points that viser's Record3dLoader makes of them."""

import json
import pathlib
import sys

import imageio.v3 as iio
import liblzfse
import numpy as np
from viser.extras import Record3dLoader

here = pathlib.Path(__file__).parent
(here / "capture" / "rgbd").mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(7)
poses = []
for i in range(2):
    q = rng.normal(size=4)
    poses.append([*(q / np.linalg.norm(q)), *rng.normal(size=3)])
    v, u = np.mgrid[:256, :192]
    depth = (1 + (u // 32 + v // 64) / 4 + i).astype(np.float32)
    conf = (2 - ((u // 48 + v // 64 + i) % 3 == 0)).astype(np.uint8)
    rgb = np.zeros((128, 96, 3), np.uint8)
    rgb[:64], rgb[64:] = (200, 100, 50), (20, 60, 180)
    base = here / "capture" / "rgbd" / str(i + 9)  # 9 is before 10
    iio.imwrite(base.with_suffix(".jpg"), rgb, quality=95)
    base.with_suffix(".depth").write_bytes(liblzfse.compress(depth.tobytes()))
    base.with_suffix(".conf").write_bytes(liblzfse.compress(conf.tobytes()))
k = [100.0, 0, 0, 0, 110.0, 0, 48.5, 63.0, 1]
(here / "capture" / "metadata").write_text(json.dumps({"K": k, "fps": 30, "poses": poses}))
loader = Record3dLoader(here / "capture")
frames = []
for i in range(loader.num_frames()):
    points, colors = loader.get_frame(i).get_point_cloud(3)
    frames.append({"count": len(points), "points": points[::97].tolist(), "colors": colors[::97].tolist()})
(here / "expected.json").write_text(json.dumps(frames))
