"""Writes the EXR pictures of exr.test.ts with OpenEXR's own library (pip install OpenEXR numpy)."""

import json
import pathlib

import numpy as np
import OpenEXR

here = pathlib.Path(__file__).parent
h, w = 8, 16
rgb = np.zeros((h, w, 3), np.float32)
rgb[..., 0] = np.linspace(0, 3.75, w)  # to the right
rgb[..., 1] = np.linspace(0, 1.75, h)[:, None]  # downwards
rgb[..., 2] = 0.5
rgb[0, 3, 2] = np.inf
rgb[1, 3, 2] = np.nan
rgb[2, 3, 2] = -1
# The sun of a panorama may be brighter than half floats go.
bright = rgb.copy()
bright[3, 3, 2] = 1e6
for name, pixels, compression in [
    ("zip", rgb.astype(np.float16), OpenEXR.ZIP_COMPRESSION),
    ("piz", rgb.astype(np.float16), OpenEXR.PIZ_COMPRESSION),
    ("float", bright, OpenEXR.NO_COMPRESSION),
]:
    header = {"compression": compression, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {"RGB": pixels}).write(str(here / f"{name}.exr"))
    with OpenEXR.File(str(here / f"{name}.exr")) as f:
        read = f.channels()["RGB"].pixels.astype(np.float64)
    rows = [[float(x) if np.isfinite(x) else str(x) for x in p] for p in read.reshape(-1, 3)]
    (here / f"{name}.json").write_text(json.dumps(rows) + "\n")
