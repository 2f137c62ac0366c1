"""The Python viser as the server under test: the counterpart of internal/subject.

    server.py PORT

Prints READY and its port, and ends with its standard input.
"""

import contextlib
import gc
import json
import math
import sys
import threading
import time
import zlib

import numpy as np
import viser

server = viser.ViserServer(host="127.0.0.1", port=int(sys.argv[1]), verbose=False)
command = server.gui.add_text("bench_cmd", "{}")
result = server.gui.add_text("bench_result", "{}")
filler = server.gui.add_text("bench_filler", "")
rtt_in = server.gui.add_slider("rtt_in", 0, 10**9, 1, 0)
rtt_out = server.gui.add_number("rtt_out", 0)
# The same with a plain function, which viser runs in a thread pool.
thread_in = server.gui.add_slider("rtt_in_thread", 0, 10**9, 1, 0)
thread_out = server.gui.add_number("rtt_out_thread", 0)


@rtt_in.on_update
async def _(event):
    rtt_out.value = event.target.value


@thread_in.on_update
def _(event):
    thread_out.value = event.target.value


def turn(k):
    angle = k % 10_007 * 2.399963
    return math.cos(angle), math.sin(angle) * 0.6, math.sin(angle) * 0.8, 0.0


TURNS = [turn(k) for k in range(10_007)]
nodes = []
recording = None


def add_nodes(c):
    for i in range(c["n"]):
        nodes.append(
            server.scene.add_frame(
                f"/n/{i}",
                axes_length=0.05,
                axes_radius=0.005,
                wxyz=TURNS[i % len(TURNS)],
                position=(0.0, i * 0.01, TURNS[i % len(TURNS)][1]),
            )
        )
    return len(nodes)


LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


def filler_text(k, size):
    return "".join(LETTERS[(k * 31 + i * i * 7 + i * k) % len(LETTERS)] for i in range(size))


extra = {}


def every(c, f):
    extra["worst"] = 0.0

    def timed(k):
        began = time.perf_counter()
        f(k)
        extra["worst"] = max(extra["worst"], time.perf_counter() - began)

    return repeat(c["hz"], c["seconds"], timed)


def repeat(hz, seconds, f):
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < seconds:
        count += 1
        f(count)
        wait = start + count / hz - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
    return count


def move(k):
    with server.atomic():
        for i, node in enumerate(nodes):
            wxyz = TURNS[(i + k) % len(TURNS)]
            node.position = (float(k), i * 0.01, wxyz[1])
            node.wxyz = wxyz


def record(c):
    """Begins a recording, or ends it and returns the size of what would be its file."""
    global recording
    if c["n"] == 1:
        recording = server.get_scene_serializer()
        return 0
    done, recording = recording, None
    return len(done.serialize())


def spread(k, step):
    return np.modf((k + 1) * step)[0]


def swing(c):
    """Moves each node on a path of its own."""
    k = np.arange(3 * len(nodes)).reshape(-1, 3)
    middle, phase = 20 * spread(k, 0.5698402910) - 10, 2 * np.pi * spread(k, 0.6180339887)
    rate = 0.2 + 1.8 * spread(k, 0.7548776662)
    i = np.arange(len(nodes))
    axis = np.stack([spread(i, 0.6180339887) - 0.5, spread(i, 0.7548776662) - 0.5, np.full(len(nodes), 0.3)], axis=1)
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)

    def step(n):
        t = n / 60
        positions = middle + np.sin(phase + rate * t)
        half = rate[:, :1] * t / 2
        wxyzs = np.concatenate([np.cos(half), np.sin(half) * axis], axis=1)
        with server.atomic():
            for node, position, wxyz in zip(nodes, positions, wxyzs):
                node.position, node.wxyz = position, wxyz
        if recording is not None:
            recording.insert_sleep(1 / 60)

    return every(c, step)


def move_all(c):
    return every(c, move)


def move_one(c):
    texts = [filler_text(k, c["bytes"]) for k in range(97)] if c.get("bytes") else None

    def update(k):
        if texts:
            filler.value = texts[k % 97]
        nodes[(k - 1) % len(nodes)].position = (float(k), time.time() - c["start"], 0.0)

    return every(c, update)


def make_cloud(n):
    random = np.random.default_rng(1)
    points = random.random((n, 3), dtype=np.float32)
    colors = random.integers(0, 256, (n, 3), dtype=np.uint8)
    extra["sum"] = zlib.crc32(colors)
    return points, colors


def add_cloud(c):
    points, colors = make_cloud(c["n"])
    for _ in range(max(1, c.get("times", 1))):
        points[0, 0] += 1
        extra["began"] = time.time() - c["start"]
        began = time.perf_counter()
        server.scene.add_point_cloud("/cloud", points, colors)
        extra["call"] = time.perf_counter() - began
    return c["n"]


def collect(_):
    gc.collect()  # so that what is resident is what is kept
    return 0


def keep_busy(c):
    points, colors = make_cloud(c["n"])
    cloud = server.scene.add_point_cloud("/cloud", points, colors)
    times = extra["times"] = []

    def set_cloud(_):
        points[0, 0] += 1
        with server.atomic():
            cloud.points = points
            cloud.colors = colors

    def step(k):
        times.append(time.time() - c["start"])
        move(c["first"] + k)

    setting = threading.Thread(target=repeat, args=(5, c["seconds"], set_cloud), daemon=True)
    setting.start()
    count = every(c, step)
    setting.join()
    return count


COMMANDS = {"nodes": add_nodes, "poses": move_all, "small": move_one, "cloud": add_cloud, "collect": collect, "busy": keep_busy, "record": record, "swing": swing}


def run(c):
    answer = {"id": c["id"]}
    extra.clear()
    start = time.perf_counter()
    try:
        answer["count"] = COMMANDS[c["cmd"]](c)
    except Exception as error:
        answer["error"] = repr(error)
    answer["seconds"] = time.perf_counter() - start
    answer.update(extra)
    result.value = json.dumps(answer)


@command.on_update
def _(event):
    # In a separate thread: a long command must not occupy one of viser's pool.
    threading.Thread(target=run, args=(json.loads(command.value),), daemon=True).start()


print("READY", server.get_port(), flush=True)
with contextlib.suppress(KeyboardInterrupt):
    sys.stdin.read()
    server.stop()
