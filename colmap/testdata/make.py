"""Writes a small reconstruction with pycolmap (from PyPI) as text and binary, and expected.json with its values."""

import json
import pathlib

import numpy as np
import pycolmap

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(3)
rec = pycolmap.Reconstruction()
models = sorted((int(v), k) for k, v in pycolmap.CameraModelId.__members__.items() if int(v) >= 0)
for i, (number, name) in enumerate(models):
    camera = pycolmap.Camera.create_from_model_id(i + 1, getattr(pycolmap.CameraModelId, name), 100.0 + i, 64, 48)
    camera.params = [p + 0.001 * (k + 1) for k, p in enumerate(camera.params)]
    rec.add_camera_with_trivial_rig(camera)
names = ["a.jpg", "sub/with space.jpg", "last.png"]
for i, name in enumerate(names):
    q = rng.normal(size=4)
    pose = pycolmap.Rigid3d(pycolmap.Rotation3d(q / np.linalg.norm(q)), rng.normal(size=3))
    points = [] if i == 1 else [pycolmap.Point2D(rng.uniform(0, 48, 2)) for _ in range(3)]
    image = pycolmap.Image(name=name, camera_id=i + 1, image_id=i + 1, points2D=pycolmap.Point2DList(points))
    rec.add_image_with_trivial_frame(image, pose)
for _ in range(5):
    track = pycolmap.Track()
    rec.add_point3D(rng.normal(size=3), track, rng.integers(0, 255, 3).astype(np.uint8))
for k, (image, index) in enumerate([(1, 0), (3, 2), (3, 0)]):
    rec.add_observation(1 + k % 2, pycolmap.TrackElement(image, index))
for kind in ("text", "binary"):
    (here / kind).mkdir(exist_ok=True)
rec.write_text(str(here / "text"))
rec.write_binary(str(here / "binary"))
expected = {
    "cameras": [
        {"id": i, "model": c.model.name, "width": c.width, "height": c.height, "params": list(c.params),
         "focal": [c.params[k] for k in c.focal_length_idxs()], "center": [c.params[k] for k in c.principal_point_idxs()]}
        for i, c in sorted(rec.cameras.items())
    ],
    "images": [
        {"id": i, "name": m.name, "camera": m.camera_id, "center": list(m.projection_center()),
         "axis": list(m.viewing_direction()), "observations": len(m.points2D)}
        for i, m in sorted(rec.images.items())
    ],
    "points": [
        {"id": i, "xyz": list(p.xyz), "rgb": [int(c) for c in p.color], "track": p.track.length()} for i, p in sorted(rec.points3D.items())
    ],
}
(here / "expected.json").write_text(json.dumps(expected))
