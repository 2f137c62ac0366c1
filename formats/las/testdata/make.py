"""Writes the LAS files of this folder, and what laspy reads from them, with laspy 2.7 and numpy."""

import json

import laspy
import numpy as np
from laspy.vlrs.known import WktCoordinateSystemVlr

COUNT = 12
rng = np.random.default_rng(7)
expect = {}


def make(name, version, point_format, extra=(), eight_bit=False, wkt=None):
    header = laspy.LasHeader(version=version, point_format=point_format)
    header.scales = [0.001, 0.01, 0.0005]
    header.offsets = [500000.0, 4100000.0, -10.0]
    header.generating_software = "make.py"
    for parameters in extra:
        header.add_extra_dim(parameters)
    if wkt:
        header.vlrs.append(WktCoordinateSystemVlr(wkt))
    las = laspy.LasData(header)
    las.x = 500000.0 + rng.uniform(-100, 100, COUNT)
    las.y = 4100000.0 + rng.uniform(-100, 100, COUNT)
    las.z = rng.uniform(-5, 5, COUNT)
    las.intensity = rng.integers(0, 65536, COUNT)
    las.return_number = rng.integers(1, 6, COUNT)
    las.number_of_returns = rng.integers(1, 6, COUNT)
    las.classification = rng.integers(0, 32, COUNT)
    las.user_data = rng.integers(0, 256, COUNT)
    las.point_source_id = rng.integers(0, 65536, COUNT)
    las.withheld = rng.integers(0, 2, COUNT)
    las.edge_of_flight_line = rng.integers(0, 2, COUNT)
    names = list(las.point_format.dimension_names)
    if "scan_angle" in names:
        las.scan_angle = rng.integers(-30000, 30001, COUNT)
        angle = np.asarray(las.scan_angle) * 0.006
    else:
        las.scan_angle_rank = rng.integers(-90, 91, COUNT)
        angle = las.scan_angle_rank
    if "gps_time" in names:
        las.gps_time = 300000000.25 + np.arange(COUNT) * 0.5
    if "red" in names:
        high = 256 if eight_bit else 65536
        for channel in ("red", "green", "blue"):
            las[channel] = rng.integers(0, high, COUNT)
        las.red[0] = high - 1
    if "nir" in names:
        las.nir = rng.integers(0, 65536, COUNT)
    if "scanner_channel" in names:
        las.scanner_channel = rng.integers(0, 4, COUNT)
        las.overlap = rng.integers(0, 2, COUNT)
    for parameters in extra:
        shape = np.asarray(las[parameters.name]).shape
        las[parameters.name] = rng.uniform(0, 100, shape)
    las.write(name)

    las = laspy.read(name)
    fields = {"scan_angle": angle}
    for field in (
        "intensity return_number number_of_returns classification user_data point_source_id withheld "
        "edge_of_flight_line nir scanner_channel overlap"
    ).split():
        if field in names:
            fields[field] = np.asarray(las[field])
    if "gps_time" in names:
        fields["gps_time"] = np.asarray(las.gps_time) - 300000000
    for parameters in extra:
        values = np.asarray(las[parameters.name])
        if values.ndim == 1:
            fields[parameters.name] = values
        else:
            for i in range(values.shape[1]):
                fields[f"{parameters.name}[{i}]"] = values[:, i]
    colors = None
    if "red" in names:
        colors = np.stack([las.red, las.green, las.blue], 1).astype(float)
        if not eight_bit:
            colors = np.floor(colors / 257 + 0.5)
    expect[name] = {
        "points": np.asarray(las.xyz).tolist(),
        "colors": None if colors is None else colors.astype(int).tolist(),
        "fields": {k: np.asarray(v, dtype=float).tolist() for k, v in fields.items()},
    }


for f in range(4):
    make(f"v12_format{f}.las", "1.2", f, eight_bit=f == 2)
make("v13_format5.las", "1.3", 5)
make("v13_format4.las", "1.3", 4)
for f in range(6, 11):
    make(f"v14_format{f}.las", "1.4", f, eight_bit=f == 8)
make("v14_format1.las", "1.4", 1)
make(
    "extra.las", "1.4", 7,
    extra=[
        laspy.ExtraBytesParams("height", "float32"),
        laspy.ExtraBytesParams("scaled", "uint16", scales=np.array([0.01]), offsets=np.array([5.0])),
        laspy.ExtraBytesParams("triple", "3i4"),
        laspy.ExtraBytesParams("wide", "float64"),
        laspy.ExtraBytesParams("small", "int8"),
    ],
    wkt='PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84"]]',
)

small = laspy.read("v12_format2.las")
small.write("compressed.laz")

with open("expect.json", "w") as f:
    json.dump(expect, f)
