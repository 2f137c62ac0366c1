"""Write and read recordings.

    python recordings.py write FILE     a recording of the scene of serve.py by viser's serializer
    python recordings.py read FILE      what upstream viser's client reads of a recording, as one JSON object
    python recordings.py blender FILE   the same of what viser2blender makes of one, without Blender

The scene appears half a second after the beginning; ../recordings_test.go does the same in Go.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import msgspec
import viser
import zstandard

from serve import show_scene


def write(path: Path) -> None:
    os.dup2(2, 1)
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    serializer = server.get_scene_serializer()
    serializer.insert_sleep(0.5)
    show_scene(server)
    serializer.insert_sleep(600.0)
    path.write_bytes(serializer.serialize())
    os._exit(0)


def read(path: Path) -> None:
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        with zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as reader:
            stream = reader.read()
    length = int.from_bytes(stream[:8], "little")
    content = msgspec.msgpack.decode(stream[8 : 8 + length])
    end = 8 + length
    for bytes_ in content["binaryBufferLengths"]:
        end += -end % 8 + bytes_
    messages = content["messages"]
    print(json.dumps({
        "whole": size == len(stream) == end,
        "version": content["viserVersion"],
        "duration": content["durationSeconds"],
        "types": Counter(message["type"] for _, message in messages),
        "positions": [[t, message["position"]] for t, message in messages
                      if message["type"] == "SetPositionMessage" and message["name"] == "/box"],
    }))


def blender(path: Path) -> None:
    import viser2blender

    made = viser2blender.normalize_recording(viser2blender.load_viser_recording(path))
    print(json.dumps({
        "duration": made.duration_seconds,
        "kinds": {node.name: node.kind for node in made.nodes},
        "positions": [[key.time_seconds, key.position] for node in made.nodes if node.name == "/box"
                      for key in node.transform_keyframes if key.position is not None],
        "points": [len(node.geometry.points) for node in made.nodes if node.kind == "point_cloud"],
    }))


{"write": write, "read": read, "blender": blender}[sys.argv[1]](Path(sys.argv[2]))
