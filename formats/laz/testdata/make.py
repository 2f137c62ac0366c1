"""Writes the LAZ files of this folder, and what LASzip, the original decoder, reads from them: with laspy 2.7, lazrs 0.8,
laszip 0.3, copclib 2.6 and numpy. half.laz and pointwise.laz are made of the bytes of another file."""

import json
import struct

import copclib
import laspy
import numpy as np

rng = np.random.default_rng(11)
expect = {}


def cloud(count, version, point_format, extra=(), smooth=False):
    header = laspy.LasHeader(version=version, point_format=point_format)
    header.scales = [0.001, 0.01, 0.0005]
    header.offsets = [500000.0, 4100000.0, -10.0]
    header.generating_software = "make.py"
    for parameters in extra:
        header.add_extra_dim(parameters)
    las = laspy.LasData(header)
    t = np.arange(count)
    if smooth:  # so that many points need few bytes
        las.X, las.Y, las.Z = t * 10 % 40000, t // 4000 * 5, t // 1000
        las.intensity = t // 5000
        las.classification = t // 30000
        las.gps_time = 300000000.25 + t * 0.5
        if "red" in las.point_format.dimension_names:
            las.red = t // 500 * 256
        return las
    las.x = 500000.0 + rng.uniform(-100, 100, count)
    las.y = 4100000.0 + rng.uniform(-100, 100, count)
    las.z = rng.uniform(-5, 5, count)
    for name, high in {
        "intensity": 65536, "return_number": 6, "number_of_returns": 6, "classification": 32, "user_data": 256,
        "point_source_id": 65536, "withheld": 2, "edge_of_flight_line": 2, "red": 65536, "green": 65536, "blue": 65536,
        "nir": 65536, "scanner_channel": 4, "overlap": 2,
    }.items():
        if name in las.point_format.dimension_names:
            las[name] = rng.integers(0, high, count)
    if "scan_angle" in las.point_format.dimension_names:
        las.scan_angle = rng.integers(-30000, 30001, count)
    else:
        las.scan_angle_rank = rng.integers(-90, 91, count)
    if "gps_time" in las.point_format.dimension_names:
        las.gps_time = 300000000.25 + np.cumsum(rng.integers(0, 9, count)) * 0.25
    for parameters in extra:
        las[parameters.name] = rng.uniform(0, 100, count)
    return las


def values(las):
    """The numbers of all points, by field; positions are integers, as they are stored."""
    fields = {"X": las.X, "Y": las.Y, "Z": las.Z}
    for name in (
        "intensity", "return_number", "number_of_returns", "classification", "user_data", "point_source_id", "withheld",
        "edge_of_flight_line", "red", "green", "blue", "nir", "scanner_channel", "overlap",
    ):
        if name in las.point_format.dimension_names:
            fields[name] = las[name]
    if "gps_time" in las.point_format.dimension_names:
        fields["gps_time"] = np.asarray(las.gps_time) - np.floor(las.gps_time[0])
    for name in las.point_format.extra_dimension_names:
        fields[name] = las[name]
    return {name: np.asarray(v, dtype=np.float64) for name, v in fields.items()}


def note(name, las):
    """Few points are noted as they are; of many, every 997th and the sum."""
    stride = 1 if len(las.points) < 1000 else 997
    expect[name] = {
        "count": len(las.points),
        "stride": stride,
        "fields": {k: v[::stride].tolist() for k, v in values(las).items()},
        "sums": {k: float(v.sum()) for k, v in values(las).items()},
    }


def make(name, las, backend):
    las.write(name, laz_backend=backend)
    note(name, laspy.read(name, laz_backend=laspy.LazBackend.Laszip))


LAZRS, LASZIP = laspy.LazBackend.Lazrs, laspy.LazBackend.Laszip
for point_format in range(11):
    version = "1.4" if point_format >= 6 else "1.3" if point_format >= 4 else "1.2"
    make(f"format{point_format}.laz", cloud(20, version, point_format), LASZIP if point_format % 2 or point_format in (4, 10) else LAZRS)
extra = [laspy.ExtraBytesParams(name="height", type="int16"), laspy.ExtraBytesParams(name="quality", type="float32")]
make("extra3.laz", cloud(20, "1.2", 3, extra), LAZRS)
make("extra7.laz", cloud(20, "1.4", 7, extra), LASZIP)
make("chunks3.laz", cloud(120_000, "1.2", 3, smooth=True), LAZRS)
make("chunks6.laz", cloud(120_000, "1.4", 6, smooth=True), LASZIP)

# The program that wrote half.laz could not go back in it: the place of its table is at its end.
file = bytearray(open("chunks3.laz", "rb").read())
start = struct.unpack_from("<I", file, 96)[0]
table = file[start : start + 8]
file[start : start + 8] = b"\xff" * 8
open("half.laz", "wb").write(file + table)
note("half.laz", laspy.read("half.laz", laz_backend=LAZRS))

# The oldest files are one chunk, without a table.
file = bytearray(open("format3.laz", "rb").read())
start = struct.unpack_from("<I", file, 96)[0]
table = struct.unpack_from("<Q", file, start)[0]
record = file.index(b"laszip encoded") - 2 + 54
struct.pack_into("<H", file, record, 1)
open("pointwise.laz", "wb").write(file[:start] + file[start + 8 : table])
note("pointwise.laz", laspy.read("pointwise.laz", laz_backend=LASZIP))

# An octree of three levels in two pages.
config = copclib.CopcConfigWriter(7, copclib.Vector3(0.01, 0.01, 0.01), copclib.Vector3(0, 0, 0))
config.las_header.min, config.las_header.max = copclib.Vector3(0, 0, 0), copclib.Vector3(16, 16, 16)
config.copc_info.center_x = config.copc_info.center_y = config.copc_info.center_z = 8
config.copc_info.halfsize, config.copc_info.spacing = 8, 1
writer = copclib.FileWriter("octree.copc.laz", config)
counts = {}
for level in range(3):
    for i in range(2**level):
        for j in range(2**level):
            points = copclib.Points(config.las_header)
            for k in range(9):
                p = points.CreatePoint()
                size = 16 / 2**level
                p.x, p.y, p.z = size * (i + k / 10), size * (j + k / 10), size * k / 10
                p.red, p.green, p.blue = 65535 * k // 8, 256 * level, 256 * i
                p.intensity = 1000 * level + k
                points.AddPoint(p)
            page = copclib.VoxelKey(1, 0, 0, 0) if level >= 1 and i < 2 ** (level - 1) and j < 2 ** (level - 1) else copclib.VoxelKey(0, 0, 0, 0)
            writer.AddNode(copclib.VoxelKey(level, i, j, 0), points, page)
            counts[level] = counts.get(level, 0) + 9
writer.Close()
note("octree.copc.laz", laspy.read("octree.copc.laz", laz_backend=LASZIP))
expect["octree.copc.laz"]["levels"] = [counts[level] for level in sorted(counts)]

with open("expect.json", "w") as out:
    json.dump(expect, out, separators=(",", ":"))
