"""Write golden_messages.json and golden_frame.bin: what viser 1.1.1 itself puts on the wire.

Usage: python make_golden.py [--check]

Run it with a Python that has viser 1.1.1 (pip install viser==1.1.1). Every message class is filled with
made-up values after its type hints, once with all optional values and the richer type of every union
("full") and, where that makes a difference, once with null and the plainer type ("plain"), and encoded by viser's own code. With --check nothing is written: the exit code says
whether the files are what this script would write.
"""

import asyncio
import dataclasses
import inspect
import itertools
import json
import struct
import sys
import typing
from pathlib import Path

import msgspec
import numpy as np
import viser
import viser.infra._infra as infra
import viser.infra._messages as base
from viser import _messages as schema
from viser.infra._async_message_buffer import AsyncMessageBuffer
from typing_extensions import is_typeddict

HERE = Path(__file__).resolve().parent
VERSION = "1.1.1"

# Values for the fields that are typed "anything", chosen to hold each kind of JSON value, and for the one
# that viser checks.
FIXED_VALUES = {
    "angle": 1.25,
    "updates": {
        "visible": True,
        "label": "Grüße, 世界",
        "order": 2.5,
        "precision": 3,
        "negative": -70000,
        "hint": None,
        "color": (1, 2, 255),
        "points": np.arange(6, dtype=np.float16).reshape(2, 3),
        "options": ("a", "b"),
        "image": b"\x00\xff",
    },
}

# Array shapes other than two rows of three.
SHAPES = {
    "bone_wxyzs": (2, 4),
    "batched_wxyzs": (2, 4),
    "batched_opacities": (2,),
    "skin_indices": (2, 4),
    "skin_weights": (2, 4),
    "buffer": (2, 8),
    "control_points": (2, 3),
}

# The precision of a point cloud has to agree with its array.
WIDEST = "float32"


class Maker:
    """Makes values for type hints. Each number is different, so that swapped fields show."""

    def __init__(self, rich: bool) -> None:
        self.rich = rich
        self.numbers = itertools.count(1)
        self.met_union = False

    def make(self, hint, field: str):
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if field in FIXED_VALUES:
            return FIXED_VALUES[field]
        if origin is typing.Literal:
            return WIDEST if WIDEST in args else args[next(self.numbers) % len(args)]
        if origin in (typing.Union, getattr(__import__("types"), "UnionType", None)):
            return self.union(args, field)
        if origin is tuple:
            return self.tuple(args, field)
        if origin is dict:
            return {"x": self.make(args[1], field), "y": self.make(args[1], field)}
        if origin is np.ndarray:
            dtype = typing.get_args(args[1])[0]
            shape = SHAPES.get(field, (2, 3))
            return np.array([next(self.numbers) for _ in range(np.prod(shape))], dtype=dtype).reshape(shape)
        if is_typeddict(hint) or dataclasses.is_dataclass(hint):
            return self.composite(hint)
        if hint is bool:
            return next(self.numbers) % 2 == 0
        if hint is int:
            return next(self.numbers) * 37
        if hint is float:
            return next(self.numbers) + 0.25
        if hint is bytes:
            return bytes([next(self.numbers) % 256, 0, 255])
        if hint is str:
            return f"{field} {next(self.numbers)}"
        raise TypeError(f"no value for {field}: {hint}")

    def union(self, args, field: str):
        choices = [a for a in args if a is not type(None)]
        if typing.get_origin(choices[-1]) is np.ndarray and len(choices) > 1:
            return self.make(choices[-1], field)  # see WIDEST
        self.met_union = True
        if not self.rich and type(None) in args:
            return None
        # The last choice of a union is the richer one: three numbers, a list of levels, a float.
        return self.make(choices[-1] if self.rich else choices[0], field)

    def tuple(self, args, field: str):
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(self.make(args[0], field) for _ in range(2))
        if args == (int, int, int) or args == (int, int, int, int):
            return tuple(next(self.numbers) for _ in args)
        return tuple(self.make(a, field) for a in args)

    def composite(self, cls):
        if "_uplot_types" in cls.__module__:
            return {"label": "series", "show": True, "width": 1.5}
        hints = typing.get_type_hints(cls)
        if is_typeddict(cls):
            return {k: self.make(h, k) for k, h in hints.items()}
        made = {f.name: self.make(hints[f.name], f.name) for f in dataclasses.fields(cls)}
        late = {f.name: made.pop(f.name) for f in dataclasses.fields(cls) if not f.init}
        out = cls(**made)
        for name, value in late.items():
            setattr(out, name, value)
        return out


def readable(value):
    """The decoded map as JSON. Bytes and non-finite floats need a shape of their own."""
    if isinstance(value, dict):
        return {k: readable(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(v) for v in value]
    if isinstance(value, (bytes, memoryview)):
        return {"$bytes": bytes(value).hex()}
    return value


def example(cls, case: str):
    maker = Maker(rich=case == "full")
    message = maker.composite(cls)
    buffers: list = []
    packed = msgspec.msgpack.encode(message.as_serializable_dict(buffers))
    entry = {
        "message": cls.__name__,
        "case": case,
        "entity": cls.entity_type or "",
        "phase": cls.lifecycle_phase or "",
        "id_field": cls.entity_id_field or "",
        "in_scene": cls.include_in_scene_serialization,
        "map": readable(msgspec.msgpack.decode(packed)),
        "msgpack": packed.hex(),
        "buffers": [bytes(b).hex() for b in buffers],
    }
    return entry, message, maker.met_union


def examples():
    entries, messages = [], []
    for cls in schema.Message.get_subclasses():
        entry, message, has_union = example(cls, "full")
        entries.append(entry)
        messages.append(message)
        if has_union:
            entries.append(example(cls, "plain")[0])
    return entries, messages


def as_text(entry) -> str:
    """JSON with one line for each key of the entry."""
    lines = (f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in entry.items())
    return " {\n" + ",\n".join(lines) + "\n }"


async def frame(messages) -> bytes:
    """One window of messages through viser's own sender, caught in place of a socket."""
    sent: list = []

    class Socket:
        async def send(self, data: bytes) -> None:
            sent.append(data)
            buffer.set_done()

    buffer = AsyncMessageBuffer(asyncio.get_running_loop(), persistent_messages=True)
    for message in messages:
        # Names of their own, lest one message replaces another.
        buffer.push(dataclasses.replace(message, name=f"/{type(message).__name__}"))
    await infra._message_producer(Socket(), buffer, 0)
    return sent[0]


def inner(data: bytes) -> tuple:
    """The parts of a frame that do not depend on the compressor's version."""
    import zstandard

    size, packed = struct.unpack("<QQ", data[:16])
    return size, zstandard.ZstdDecompressor().decompress(data[16 : 16 + packed]), data[16 + packed :].lstrip(b"\0")


def main() -> int:
    assert viser.__version__ == VERSION, f"want viser {VERSION}, have {viser.__version__}"
    infra.time.perf_counter = lambda: 12.5  # the frame's timestamp
    entries, messages = examples()
    text = "[\n" + ",\n".join(as_text(e) for e in entries) + "\n]\n"
    data = asyncio.run(frame([m for m in messages if type(m).__name__ in FRAME_MESSAGES]))
    json_path, frame_path = HERE / "golden_messages.json", HERE / "golden_frame.bin"
    if "--check" in sys.argv:
        same = json_path.read_text("utf-8") == text and inner(frame_path.read_bytes()) == inner(data)
        print("the golden files are", "up to date" if same else "STALE: run make_golden.py")
        return 0 if same else 1
    json_path.write_text(text, "utf-8")
    frame_path.write_bytes(data)
    return 0


FRAME_MESSAGES = ("FrameMessage", "PointCloudMessage", "LineSegmentsMessage", "SetPositionMessage")

if __name__ == "__main__":
    sys.exit(main())
