"""The viser 1.1 protocol on the viewer's side: from frames to one map per message.

Nothing here imports viser, so what is recorded is what went over the socket.
"""

from __future__ import annotations

import base64
import math
import struct
from typing import Any

import msgspec
import zstandard

_HEADER = struct.Struct("<QQ")


def _pad8(n: int) -> int:
    return (n + 7) // 8 * 8


def decode_frame(frame: bytes) -> list[dict[str, Any]]:
    """Split one server frame into messages, each ready for json.dumps."""
    raw_length, packed_length = _HEADER.unpack_from(frame)
    end = _HEADER.size + packed_length
    raw = zstandard.ZstdDecompressor().decompress(
        frame[_HEADER.size : end], max_output_size=raw_length
    )
    if len(raw) != raw_length:
        raise ValueError(f"frame says {raw_length} bytes of msgpack, has {len(raw)}")
    top = msgspec.msgpack.decode(raw)
    buffers = []
    offset = end
    for length in top["binaryBufferLengths"]:
        offset = _pad8(offset)
        buffers.append(frame[offset : offset + length])
        offset += length
    if offset != len(frame):
        raise ValueError(f"frame is {len(frame)} bytes, its parts end at {offset}")
    return [jsonable(message, buffers) for message in top["messages"]]


def jsonable(value: Any, buffers: list[bytes]) -> Any:
    """Convert a decoded value to JSON's types.

    What JSON has no word for becomes a map of one marked key:
    {"$array": dtype, "base64": …}, {"$bytes": base64}, {"$float": "inf"}.
    """
    if isinstance(value, dict):
        if set(value) == {"__binary_index", "dtype"}:
            data = buffers[value["__binary_index"]]
            return {"$array": value["dtype"], "base64": base64.b64encode(data).decode()}
        return {key: jsonable(item, buffers) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item, buffers) for item in value]
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    return value


def encode_message(message: dict[str, Any]) -> bytes:
    """One message as a web client sends it: a bare msgpack map."""
    return msgspec.msgpack.encode(message)
