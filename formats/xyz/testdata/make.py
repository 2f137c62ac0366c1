"""Writes the text files of this folder, and what is in them, with numpy.

    pip install numpy && python3 make.py
"""

import json

import numpy as np

rng = np.random.default_rng(3)
xyz = rng.normal(0, 10, (15, 3))
rgb = rng.integers(0, 256, (15, 3))
intensity = rng.integers(-2048, 2048, 15)
far = xyz + [512345.0, 4100000.0, 100.0]
expect = {}


def note(name, points, colors=None, **fields):
    expect[name] = {
        "points": points.tolist(),
        "colors": None if colors is None else colors.tolist(),
        "fields": {k: np.asarray(v, float).tolist() for k, v in fields.items()},
    }


np.savetxt("plain.xyz", xyz)
note("plain.xyz", xyz)
np.savetxt("colors.txt", np.hstack([far, rgb]))
note("colors.txt", far, rgb)
np.savetxt("floats.csv", np.hstack([xyz, rgb / 255]), delimiter=",", header="x,y,z,red,green,blue", comments="")
note("floats.csv", xyz, rgb)
np.savetxt("named.csv", np.column_stack([np.arange(15), far, intensity]), delimiter=";", header="id;Easting;Northing;Height;i", fmt="%.6f")
note("named.csv", far, id=np.arange(15), i=intensity)
np.savetxt("scan.pts", np.column_stack([xyz, intensity, rgb]), header="15", comments="", fmt=["%.9f"] * 3 + ["%d"] * 4)
note("scan.pts", xyz, rgb, intensity=intensity)

with open("expect.json", "w") as f:
    json.dump(expect, f)
