"""Makes the OFF files of the tests, and golden.json of what trimesh reads in them.

    pip install trimesh numpy && python make.py
"""

import json

import trimesh

golden = {}


def add(name):
    m = trimesh.load(name, process=False)
    golden[name] = {"Triangles": m.triangles.reshape(-1, 9).tolist(), "Unordered": True}


open("ball.off", "w").write(trimesh.exchange.off.export_off(trimesh.creation.icosphere(subdivisions=1)))
add("ball.off")

open("house.off", "w").write(
    """OFF
# a house: quads and triangles
9 8 0

0 0 0
1 0 0
1 1 0
0 1 0
0 0 1   # above the first
1 0 1
1 1 1
0 1 1
0.5 0.5 1.5
4 0 3 2 1
4 0 1 5 4
4 1 2 6 5
4 2 3 7 6
3 4 5 8
3 5 6 8
3 6 7 8
3 7 4 8
"""
)
add("house.off")

json.dump(golden, open("golden.json", "w"))
