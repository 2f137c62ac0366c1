"""Records nodes that move and turn with viser's serializer: the counterpart of record.go.

    record.py POSES NODES HZ OUT

POSES has seven 64-bit floats for each node and step: the position and wxyz.
"""

import pathlib
import sys

import numpy as np
import viser

source, nodes, hz, out = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), pathlib.Path(sys.argv[4])
steps = np.fromfile(source).reshape(-1, nodes, 7)
server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
frames = [server.scene.add_frame(f"/n/{i}", axes_length=0.05, axes_radius=0.005) for i in range(nodes)]
serializer = server.get_scene_serializer()
for step in steps:
    with server.atomic():
        for frame, pose in zip(frames, step):
            frame.position = pose[:3]
            frame.wxyz = pose[3:]
    serializer.insert_sleep(1 / hz)
out.write_bytes(serializer.serialize())
server.stop()
