"""Reads one file by one library: read.py LIBRARY FILE. Prints what main.go's "read" prints.

Whatever the library, the result is what a renderer needs: arrays of points, of colors if the file has them, and of
triangles. Conversions that this takes are a part of the time."""

import importlib
import json
import os
import resource
import sys
import time

import numpy as np


def open3d_cloud(lib, file):
    cloud = lib.io.read_point_cloud(file)
    return [np.asarray(cloud.points), np.asarray(cloud.colors)]


def open3d_mesh(lib, file):
    mesh = lib.io.read_triangle_mesh(file)
    return [np.asarray(mesh.vertices), np.asarray(mesh.triangles), np.asarray(mesh.vertex_normals)]


def trimesh_cloud(lib, file):
    cloud = lib.load(file)
    return [np.asarray(cloud.vertices), np.asarray(cloud.colors)]


def trimesh_mesh(lib, file):
    mesh = lib.load(file, force="mesh")
    return [np.asarray(mesh.vertices), np.asarray(mesh.faces)]


def trimesh_unmerged(lib, file):
    mesh = lib.load(file, force="mesh", process=False)
    return [np.asarray(mesh.vertices), np.asarray(mesh.faces)]


def plyfile_cloud(lib, file):
    rows = lib.PlyData.read(file)["vertex"].data
    return [np.stack([rows[k] for k in keys], -1) for keys in (("x", "y", "z"), ("red", "green", "blue"))]


def pypcd4_cloud(lib, file):
    cloud = lib.PointCloud.from_path(file)
    return [cloud.numpy(("x", "y", "z")), lib.PointCloud.decode_rgb(cloud.numpy(("rgb",)))]


def laspy_cloud(lib, file):
    points = lib.read(file)
    colors = np.stack([points.red, points.green, points.blue], -1)
    return [points.xyz.astype(np.float32), (colors >> 8).astype(np.uint8)]


def numpy_array(lib, file):
    return [lib.load(file)]


readers = {
    ("open3d", "ply"): open3d_cloud, ("open3d", "pcd"): open3d_cloud,
    ("open3d", "stl"): open3d_mesh, ("open3d", "obj"): open3d_mesh,
    ("trimesh", "ply"): trimesh_cloud, ("trimesh", "stl"): trimesh_mesh, ("trimesh", "obj"): trimesh_mesh,
    ("trimesh", "stl-corners"): trimesh_unmerged,
    ("plyfile", "ply"): plyfile_cloud, ("pypcd4", "pcd"): pypcd4_cloud,
    ("laspy", "las"): laspy_cloud, ("laspy", "laz"): laspy_cloud, ("numpy", "npy"): numpy_array,
}


def status(key):
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) * 1024 for line in f if line.startswith(key + ":"))


def used():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


library, kind, file = sys.argv[1:]
lib = importlib.import_module(library)
with open("/proc/self/clear_refs", "w") as f:
    f.write("5")  # forgets the peak
before, cpu, began = status("VmRSS"), used(), time.perf_counter()
arrays = readers[library, kind](lib, file)
seconds, cpu = time.perf_counter() - began, used() - cpu
peak = status("VmHWM") - before
points = arrays[0]
print(json.dumps({
    "seconds": seconds, "cpu": cpu, "peak": peak, "arrays": sum(a.nbytes for a in arrays), "points": len(points),
    "lo": points.min(axis=0).tolist(), "hi": points.max(axis=0).tolist(),
}), flush=True)
os._exit(0)  # without what libraries do at the end
