"""Writes upstream.viser, with viser 1.1.1 (interop/requirements.txt)."""

import pathlib

import numpy as np
import viser

server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
serializer = server.get_scene_serializer()
points = np.linspace(0, 1, 60, dtype=np.float32).reshape(20, 3)
server.scene.add_point_cloud("/cloud", points, colors=(255, 0, 0), point_size=0.05)
server.scene.add_point_cloud("/again", points, colors=(255, 0, 0), point_size=0.05)
server.scene.add_box("/box", dimensions=(1, 1, 1), color=(0, 255, 0))
server.scene.add_mesh_simple("/mesh", points[:3], np.array([[0, 1, 2]], dtype=np.uint32))
server.gui.add_markdown("never recorded")
frame = server.scene.add_frame("/frame")
for i in range(20):
    frame.position = (i * 0.1, 0, 0)
    frame.wxyz = (1, 0, 0, 0) if i % 2 else (0, 1, 0, 0)
    if i == 10:
        server.scene.remove_by_name("/again")
    serializer.insert_sleep(0.1)
pathlib.Path(__file__).with_name("upstream.viser").write_bytes(serializer.serialize())
server.stop()
