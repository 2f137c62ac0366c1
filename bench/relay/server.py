"""The program behind the relay: 50 nodes that are moved 30 times a second."""

from __future__ import annotations

import math
import os
import time

import viser

out = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # viser prints to stdout

server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
nodes = [server.scene.add_box(f"/box{i}") for i in range(50)]
server.gui.add_slider("slider", 0.0, 1.0, 0.01, 0.5)
out.write(f"{server.get_port()}\n")

step = 0
began = time.monotonic()
while True:
    step += 1
    with server.atomic():
        for i, node in enumerate(nodes):
            node.position = (i, math.sin(step / 30 + i), math.cos(step / 30))
    time.sleep(max(0.0, began + step / 30 - time.monotonic()))
