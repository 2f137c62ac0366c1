"""Writes transforms.json, and expected.json with the poses by numpy: where cameras are, look, and what is down in their pictures."""

import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(5)
frames, expected = [], []
for i in range(3):
    q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    q *= np.sign(np.linalg.det(q))
    m = np.eye(4)
    m[:3, :3], m[:3, 3] = q, rng.normal(size=3)
    frame = {"file_path": f"images/frame_{i}.jpg", "transform_matrix": m.tolist()}
    if i == 1:
        frame |= {"fl_x": 50.0, "fl_y": 60.0, "w": 120, "h": 90, "depth_file_path": "depth/1.png", "mask_path": "mask/1.png"}
    frames.append(frame)
    expected.append({"position": m[:3, 3].tolist(), "forward": (-q[:, 2]).tolist(), "down": (-q[:, 1]).tolist()})
capture = {
    "camera_model": "OPENCV", "fl_x": 100.0, "fl_y": 101.0, "cx": 64.0, "cy": 48.0, "w": 128, "h": 96, "k1": 0.1, "p2": -0.01,
    "ply_file_path": "sparse.ply", "frames": frames,
}
(here / "transforms.json").write_text(json.dumps(capture))
(here / "expected.json").write_text(json.dumps(expected))
