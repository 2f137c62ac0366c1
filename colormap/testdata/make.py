"""Writes maps.hex, which is embedded, and golden.json, from matplotlib's color maps.

    pip install matplotlib && python3 colormap/testdata/make.py
"""
import json
import pathlib

import matplotlib
import numpy as np

HERE = pathlib.Path(__file__).parent
NAMES = ["viridis", "plasma", "inferno", "magma", "cividis", "turbo", "coolwarm", "gray"]


def rgb(cmap, t):
    return np.rint(np.asarray(cmap(t))[..., :3] * 255).astype(np.uint8)


lines = []
golden = {}
for name in NAMES:
    cmap = matplotlib.colormaps[name]
    lines.append(name + " " + rgb(cmap, np.arange(256)).tobytes().hex())
    places = [0.0, 0.1, 0.25, 1 / 3, 0.5, 0.77, 0.999, 1.0]
    golden[name] = [{"at": t, "color": rgb(cmap, float(t)).tolist()} for t in places]
tab = matplotlib.colormaps["tab20"]
lines.append("tab20 " + rgb(tab, np.arange(20)).tobytes().hex())
(HERE.parent / "maps.hex").write_text("\n".join(lines) + "\n")
(HERE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
