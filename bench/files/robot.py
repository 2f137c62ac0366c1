"""The robot of a URDF file on the Python viser, at 60 Hz: robot.py FILE. It ends with its standard input."""

import math
import socket
import sys
import threading
import time
from pathlib import Path

import viser
from viser.extras import ViserUrdf

with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
server = viser.ViserServer(host="127.0.0.1", port=port, verbose=False)
robot = ViserUrdf(server, urdf_or_path=Path(sys.argv[1]), root_node_name="/chain")
joints = len(robot.get_actuated_joint_names())
print(f"URL http://127.0.0.1:{port}/", flush=True)
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
began, steps = time.perf_counter(), 0
while not stop.wait(max(0.0, began + steps / 60 - time.perf_counter())):
    t = steps / 60
    robot.update_cfg([math.sin(t + i) for i in range(joints)])
    steps += 1
print(f"STEPS {steps / (time.perf_counter() - began):.1f}", flush=True)
server.stop()
