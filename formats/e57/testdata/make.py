"""Writes the E57 files of this folder, and what libE57 reads from them, with pye57 0.4 and numpy."""

import json
import struct

import numpy as np
import pye57

rng = np.random.default_rng(5)
expect = {}


def make(name, scans):
    e57 = pye57.E57(name, mode="w")
    for i, (data, pose) in enumerate(scans):
        e57.write_scan_raw(data, name=f"scan {i}", rotation=pose[0], translation=pose[1])
    e57.close()
    expected(name)


def expected(name):
    e57 = pye57.E57(name)
    expect[name] = []
    for i in range(e57.scan_count):
        header = e57.get_header(i)
        raw = e57.read_scan_raw(i)
        expect[name].append({
            "rotation": header.rotation.tolist(),
            "position": header.translation.tolist(),
            "values": {k: np.asarray(v, dtype=np.float64).tolist() for k, v in raw.items()},
        })
    e57.close()


def cartesian(count):
    return {
        "cartesianX": rng.uniform(-5, 5, count),
        "cartesianY": rng.uniform(-5, 5, count),
        "cartesianZ": rng.uniform(-5, 5, count),
    }


def colors(count):
    return {
        "intensity": rng.uniform(0, 1, count).astype(np.float32),
        "colorRed": rng.integers(0, 256, count).astype(np.uint8),
        "colorGreen": rng.integers(0, 256, count).astype(np.uint8),
        "colorBlue": rng.integers(0, 256, count).astype(np.uint8),
        "cartesianInvalidState": (np.arange(count) % 5 == 3).astype(np.uint8),
    }


turn = np.array([0.5, 0.5, 0.5, 0.5])
still = (np.array([1.0, 0, 0, 0]), np.zeros(3))
make("two.e57", [(cartesian(30) | colors(30), (turn, np.array([10.0, -20, 3.5]))), (cartesian(7), still)])
make("grid.e57", [(cartesian(40) | {"rowIndex": np.arange(40) // 8, "columnIndex": np.arange(40) % 8}, still)])


def checksum(data):
    """CRC-32C."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def rewrite(name, new, changes):
    """pye57 writes no spherical coordinates: their names, and other things, are put into the description of a file."""
    file = open(name, "rb").read()
    content = b"".join(file[at : at + 1020] for at in range(0, len(file), 1024))
    at = struct.unpack_from("<Q", file, 24)[0]
    at -= at // 1024 * 4
    xml = content[at : at + struct.unpack_from("<Q", file, 32)[0]]
    for old, text in changes.items():
        assert old in xml, xml
        xml = xml.replace(old, text)
    content = bytearray(content[:at] + xml)
    content += bytes(-len(content) % 1020)
    struct.pack_into("<Q", content, 16, len(content) // 1020 * 1024)
    struct.pack_into("<Q", content, 32, len(xml))
    with open(new, "wb") as out:
        for page in range(0, len(content), 1020):
            out.write(content[page : page + 1020] + struct.pack(">I", checksum(content[page : page + 1020])))
    expected(new)


rewrite("grid.e57", "spherical.e57", {
    b"cartesianX": b"sphericalRange", b"cartesianY": b"sphericalAzimuth", b"cartesianZ": b"sphericalElevation",
})

with open("expect.json", "w") as out:
    json.dump(expect, out, separators=(",", ":"))
