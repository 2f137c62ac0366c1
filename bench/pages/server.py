"""The Python viser as the program that run.mjs measures: the counterpart of main.go, with some of its commands.

Prints its URL, and ends with its standard input.
"""

import itertools
import json
import math
import sys
import time

import numpy as np
import viser

server = viser.ViserServer(host="127.0.0.1", port=int(sys.argv[1]), verbose=False)
server.initial_camera.position = (60.0, 60.0, 60.0)
BLUE = (90, 140, 255)


def ripple(n, step):
    """A square sheet of points with waves on it."""
    side = math.ceil(math.sqrt(n))
    i = np.arange(n)
    x, y = 40 * (i % side) / side - 20, 40 * (i // side) / side - 20
    return np.stack([x, y, np.sin(np.hypot(x, y) - step / 5)], axis=-1).astype(np.float32)


def boxes(n):
    side = math.ceil(math.sqrt(n))
    for i in range(n):
        server.scene.add_box(
            f"/boxes/{i}",
            dimensions=(0.5, 0.5, 0.5),
            color=(i % 256, (i >> 4) % 256, 160),
            position=(float(i % side - side // 2), float(i // side - side // 2), 0.0),
        )


added = itertools.count(1)


def cloud(n):
    points = ripple(n, next(added))
    began = time.time()
    server.scene.add_point_cloud("/cloud", points, BLUE, point_size=0.02)
    return f"{began * 1000:.3f}"


def clouds(megabytes):
    n = 1_000_000
    i = np.arange(n)
    count = math.ceil(megabytes / 9)
    for k in range(count):
        colors = np.stack([i % 256, (i >> 8) % 256, np.full(n, k)], axis=-1).astype(np.uint8)
        server.scene.add_point_cloud(f"/clouds/{k}", ripple(n, k), colors, point_size=0.02)
    return n * count


def render(name, n):
    (client, *_) = server.get_clients().values()
    server.scene.add_box("/red", dimensions=(1.0, 1.0, 1.0), color=(255, 0, 0), position=(0.0, -12.0, 0.0))
    took = []
    for i in range(n):
        start = time.perf_counter()
        picture = client.get_render(
            480,
            640,
            position=(0.0, -16.0, 0.0),
            wxyz=(math.sqrt(0.5), -math.sqrt(0.5), 0.0, 0.0),
            fov=1.0,
            transport_format=name,
        )
        took.append((time.perf_counter() - start) * 1000)
        check_red(picture, i + 1)
    return json.dumps(took)


def check_red(picture, number):
    if picture.shape[:2] != (480, 640):
        raise ValueError(f"picture {number}: its shape is {picture.shape}")
    (r, g, b), (cr, cg, cb) = picture[240, 320, :3].astype(int), picture[2, 2, :3].astype(int)
    if not (r > 2 * g and r > 2 * b) or (cr > 2 * cg and cr > 2 * cb):
        raise ValueError(f"picture {number}: its middle is {(r, g, b)}, its corner {(cr, cg, cb)}")


def until_connected(want):
    for _ in range(500):
        if bool(server.get_clients()) == want:
            return ""
        time.sleep(0.02)
    raise TimeoutError("after 10 s that is not so")


COMMANDS = {
    "boxes": lambda n: boxes(int(n)),
    "cloud": lambda n: cloud(int(n)),
    "clouds": lambda megabytes: clouds(int(megabytes)),
    "render": lambda name, n: render(name, int(n)),
    "clear": server.scene.reset,
    "here": lambda: until_connected(True),
    "gone": lambda: until_connected(False),
}

print("URL", f"http://127.0.0.1:{server.get_port()}", flush=True)
for line in sys.stdin:
    name, *args = line.split()
    try:
        print("OK", COMMANDS[name](*args) or "", flush=True)
    except Exception as error:
        print("ERR", repr(error), flush=True)
server.stop()
