"""Makes the pictures of the guide's tables of formats: a sheet for each group, with a file of each format as "viser view"
shows it.

    make.py VISER FOLDER [SHEET…]

VISER is the command, FOLDER takes the files. All of them are real: robots, a bunny, a map of heights, a photo, out of
packages and out of examples; what is in no package in a format is converted by the tools that people use for it
(requirements.txt), never by ours. NODE_MODULES is where npm installed @playcanvas/splat-transform and
@mkkellogg/gaussian-splats-3d. See ../make.sh.
"""

import io
import json
import math
import os
import subprocess
import sys
import sysconfig
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import laspy
import lzfse
import matplotlib.cbook
import numpy as np
import OpenEXR
import pye57
import trimesh
import yourdfpy
from PIL import Image, ImageDraw, ImageFont
from plyfile import PlyData, PlyElement
from pypcd4 import PointCloud

viser, out, *wanted = sys.argv[1:]
out = Path(out)
here = Path(__file__).parent
pictures = here.parent
repository = pictures.parent.parent
# Of a virtual environment, and of those that a .pth file adds.
packages = [Path(p) for p in [sysconfig.get_path("purelib"), *sys.path] if p.endswith("site-packages")]
random = np.random.default_rng(1)


def package(path):
    """A file of a package."""
    for p in packages:
        if (p / path).exists():
            return p / path
    raise SystemExit(f"{path}: no package has it")


robots = package("cmeel.prefix/share/example-robot-data/robots")
anymal = robots / "anymal_c_simple_description"


def to(name):
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def node(*command):
    subprocess.run(["node", *map(str, command)], check=True, stdout=subprocess.DEVNULL)


def transform(source, target, *flags):
    node(Path(os.environ["NODE_MODULES"]) / "@playcanvas/splat-transform/bin/cli.mjs", "-q", "-w", "-g", "cpu", *flags, source, target)


# What is converted.


def bunny():
    return trimesh.load(repository / "examples/bunny/bunny.ply", process=False)


def walker():
    """The robot ANYmal as a scene with its textures, z up, standing on z = 0."""
    scene = yourdfpy.URDF.load(str(anymal / "urdf/anymal.urdf"), filename_handler=in_packages).scene
    scene.apply_translation([0, 0, -scene.bounds[0][2]])
    return scene


def in_packages(fname, dir=None):
    """Of package://example-robot-data/robots/x/y, or a path beside the file."""
    if fname.startswith("package://"):
        return str(robots.parent / fname.split("://", 1)[1].split("/", 1)[1])
    return str(Path(dir or anymal / "urdf") / fname)


def scan(count):
    """Points on the surface of the robot: where they are, their normals and their colors."""
    points, normals, colors = [], [], []
    meshes = walker().dump()
    area = sum(m.area for m in meshes)
    for mesh in meshes:
        n = round(count * mesh.area / area)
        if n == 0:
            continue
        p, face = trimesh.sample.sample_surface(mesh, n, seed=1)
        weights = trimesh.triangles.points_to_barycentric(mesh.triangles[face], p)
        points.append(p)
        normals.append(mesh.face_normals[face])
        colors.append(painted(mesh, face, weights))
    return np.concatenate(points), np.concatenate(normals), np.concatenate(colors)


def painted(mesh, face, weights):
    """The colors at places of triangles."""
    material = getattr(mesh.visual, "material", None)
    if getattr(mesh.visual, "uv", None) is None or material is None or material.to_simple().image is None:
        return np.tile(np.ravel(mesh.visual.main_color if material is None else material.main_color)[:3], (len(face), 1)).astype(np.uint8)
    image = np.asarray(material.to_simple().image.convert("RGB"))
    uv = np.einsum("nk,nkc->nc", weights, mesh.visual.uv[mesh.faces[face]])
    height, width = image.shape[:2]
    return image[((1 - uv[:, 1]) % 1 * height).astype(int) % height, (uv[:, 0] % 1 * width).astype(int) % width]


def heights():
    """A map of heights of Tennessee in meters, with the light of an evening, as points with x to the east."""
    data = matplotlib.cbook.get_sample_data("jacksboro_fault_dem.npz")
    z = data["elevation"].astype(np.float64)
    rows, columns = z.shape
    step = 90.0
    x, y = np.meshgrid(np.arange(columns) * step, np.arange(rows)[::-1] * step)
    south, east = np.gradient(3 * z, step)
    light = (0.4 * east + 0.3 * south + 0.85) / np.sqrt(east**2 + south**2 + 1)
    return x.ravel() + 731_000, y.ravel() + 4_026_000, z.ravel(), light.clip(0, 1).ravel()


def photo():
    return Image.open(matplotlib.cbook.get_sample_data("grace_hopper.jpg")).convert("RGB")


# The files.


def ply_mesh():
    mesh = bunny()
    up = (mesh.vertex_normals[:, 2] + 1) / 2
    mesh.visual.vertex_colors = np.stack([150 + 90 * up, 110 + 90 * up, 80 + 80 * up, 255 + 0 * up], 1).astype(np.uint8)
    mesh.export(to("mesh/bunny.ply"), vertex_normal=True)


def one(name):
    """A part of ANYmal, turned as it is on the robot."""
    mesh = trimesh.load(anymal / "meshes" / name, force="mesh", process=False)
    return mesh


def obj():
    to("mesh/obj/x")
    one("base.dae").export(out / "mesh/obj/body.obj")


def glb():
    scene = walker()
    scene.apply_transform(trimesh.transformations.rotation_matrix(-math.pi / 2, [1, 0, 0]))  # y is up in glTF
    scene.export(to("mesh/anymal.glb"))
    to("mesh/gltf/x")
    lamp = trimesh.load(anymal / "meshes/face.dae", process=False)
    for name, data in lamp.export(file_type="gltf").items():
        to("mesh/gltf/" + name).write_bytes(data)


def surfaces():
    ply_mesh()
    obj()
    glb()
    bunny().export(to("mesh/bunny.off"))
    bunny().export(to("mesh/bunny.3mf"))


def las():
    x, y, z, light = heights()
    for name, version in (("heights.las", "1.2"), ("heights.laz", "1.4")):
        header = laspy.LasHeader(point_format=1 if version == "1.2" else 6, version=version)
        header.scales, header.offsets = [0.01] * 3, [731_000, 4_026_000, 0]
        data = laspy.LasData(header)
        data.x, data.y, data.z = x, y, 3 * z
        data.intensity = (light * 65535).astype(np.uint16)
        data.write(to("cloud/" + name))


def clouds():
    las()
    points, _, colors = scan(120_000)
    single = points.astype(np.float32)
    rows = np.empty(len(points), [(n, "f4") for n in "xyz"] + [(n, "u1") for n in ("red", "green", "blue")])
    for i in range(3):
        rows["xyz"[i]], rows[["red", "green", "blue"][i]] = single[:, i], colors[:, i]
    PlyData([PlyElement.describe(rows, "vertex")]).write(to("cloud/scan.ply"))
    packed = PointCloud.encode_rgb(colors)
    PointCloud.from_xyzrgb_points(np.column_stack([single, packed])).save(to("cloud/scan.pcd"))
    np.savetxt(to("cloud/scan.xyz"), np.column_stack([points, colors]), "%.4f %.4f %.4f %d %d %d")
    np.save(to("cloud/scan.npy"), single)
    x, y, z, light = heights()
    np.savez_compressed(to("cloud/heights.npz"), xyz=np.stack([x - 731_000, y - 4_026_000, 3 * z], 1))
    e57(points, colors)


def e57(points, colors):
    """Two scans, each in the frame of its scanner."""
    to("cloud/x")
    name = str(out / "cloud/scans.e57")
    if os.path.exists(name):
        os.remove(name)
    file = pye57.E57(name, mode="w")
    for i, part in enumerate((points[:, 0] < 0, points[:, 0] >= 0)):
        at = np.array([1.5 - 3 * i, 0.5, 0.2])
        p = points[part] - at
        file.write_scan_raw(
            {"cartesianX": p[:, 0], "cartesianY": p[:, 1], "cartesianZ": p[:, 2]}
            | {f"color{name}": colors[part][:, k].copy() for k, name in enumerate(("Red", "Green", "Blue"))},
            name=f"scan {i}", rotation=np.array([1.0, 0, 0, 0]), translation=at)
    file.close()


def splats():
    """Flat Gaussians on the robot, with y down, as the programs that train them have it."""
    points, normals, colors = scan(40_000)
    n = len(points)
    light = 0.45 + 0.55 * np.clip(normals @ np.array([0.3, -0.4, 0.85]), 0, 1)
    down = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]])
    points, normals = points @ down.T, normals @ down.T
    q = np.stack([1 + normals[:, 2], -normals[:, 1], normals[:, 0], 0 * normals[:, 0]], 1)
    q[normals[:, 2] < -0.999] = [0, 1, 0, 0]
    q /= np.linalg.norm(q, axis=1)[:, None]
    columns = {axis: points[:, i] for i, axis in enumerate("xyz")}
    columns |= {f"f_dc_{k}": ((colors[:, k] / 255 * light) - 0.5) / 0.28209479177387814 for k in range(3)}
    columns |= {f"f_rest_{k}": random.normal(0, 0.02, n) for k in range(9)}
    columns |= {"opacity": np.full(n, 3.0)}
    size = np.log(random.uniform(0.004, 0.007, n))
    columns |= {"scale_0": size, "scale_1": size, "scale_2": size - 2}
    columns |= {f"rot_{k}": q[:, k] for k in range(4)}
    rows = np.empty(n, [(name, "f4") for name in columns])
    for name, values in columns.items():
        rows[name] = values
    source = to("splats/degree1.ply")
    PlyData([PlyElement.describe(rows, "vertex")]).write(source)
    transform(source, out / "splats/packed.compressed.ply")
    transform(source, out / "splats/robot.spz", "--spz-version", "3")
    transform(source, out / "splats/robot.sog")
    with zipfile.ZipFile(out / "splats/robot.sog") as archive:
        archive.extractall(out / "splats/folder")
    node(repository / "formats/splat/testdata/make.mjs", source, out / "splats/robot.ksplat", 1)
    raw = np.zeros(n, [("p", "<f4", 3), ("s", "<f4", 3), ("c", "u1", 4), ("q", "u1", 4)])
    raw["p"], raw["s"] = points, np.exp(np.stack([size, size, size - 2], 1))
    raw["c"] = np.column_stack([(colors * light[:, None]).astype(np.uint8), np.full(n, 243)])
    raw["q"] = np.clip(np.rint(q * 128 + 128), 0, 255)
    raw.tofile(to("splats/robot.splat"))


# Captures: what cameras around the bunny see.

WIDTH, HEIGHT, FOCAL = 240, 320, 300.0


def cameras(count):
    """Poses of a ring of cameras, from the camera to the world: x to the right, y down, z forward."""
    for i in range(count):
        turn = 2 * math.pi * i / count
        at = np.array([1.5 * math.cos(turn), 1.5 * math.sin(turn), 0.9])
        forward = np.array([0, 0, 0.42]) - at
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, [0, 0, 1.0])
        right /= np.linalg.norm(right)
        pose = np.eye(4)
        pose[:3, :3], pose[:3, 3] = np.stack([right, np.cross(forward, right), forward], 1), at
        yield pose


def fur(count):
    mesh = bunny()
    points, face = trimesh.sample.sample_surface(mesh, count, seed=2)
    weights = trimesh.triangles.points_to_barycentric(mesh.triangles[face], points)
    normals = np.einsum("nk,nkc->nc", weights, mesh.vertex_normals[mesh.faces[face]])
    light = 0.4 + 0.6 * np.clip(normals @ np.array([0.3, -0.35, 0.85]), 0, 1)
    floor = random.uniform(-1, 1, (count // 2, 2))
    floor = floor[np.hypot(*floor.T) < 1]
    tiles = (np.floor(floor * 4).sum(1) % 2)[:, None]
    points = np.concatenate([points, np.column_stack([floor, np.zeros(len(floor))])])
    colors = np.concatenate([np.array([214, 178, 140]) * light[:, None], 90 + 70 * tiles * np.array([1, 1.1, 1.2])])
    return points, colors.astype(np.uint8)


def seen(points, colors, pose):
    """The picture and the depths of a camera, from points that are near to each other."""
    at = (points - pose[:3, 3]) @ pose[:3, :3]
    x, y = np.rint(WIDTH / 2 + FOCAL * at[:, 0] / at[:, 2]).astype(int), np.rint(HEIGHT / 2 + FOCAL * at[:, 1] / at[:, 2]).astype(int)
    inside = np.flatnonzero((at[:, 2] > 0.1) & (x >= 0) & (x < WIDTH) & (y >= 0) & (y < HEIGHT))
    order = inside[np.argsort(-at[inside, 2])]  # the nearest is written last
    picture = np.full((HEIGHT, WIDTH, 3), (205, 215, 226), np.uint8)
    depths = np.zeros((HEIGHT, WIDTH), np.float32)
    picture[y[order], x[order]], depths[y[order], x[order]] = colors[order], at[order, 2]
    return Image.fromarray(picture), depths


def quaternion(rotation):
    return trimesh.transformations.quaternion_from_matrix(rotation)  # w first


def captures():
    points, colors = fur(900_000)
    few = random.choice(len(points), 15_000, replace=False)
    images, frames, record = [], [], []
    for i, pose in enumerate(cameras(12)):
        picture, depths = seen(points, colors, pose)
        for folder in ("colmap", "nerf"):
            picture.save(to(f"scene/{folder}/images/{i:02}.jpg"), quality=90)
        inverse = np.linalg.inv(pose)
        q, t = quaternion(inverse), inverse[:3, 3]
        images.append(" ".join(map(str, [i + 1, *q, *t, 1, f"{i:02}.jpg"])) + "\n\n")
        gl = pose @ np.diag([1.0, -1, -1, 1])  # y up, z backward
        frames.append({"file_path": f"images/{i:02}.jpg", "transform_matrix": gl.tolist()})
        turned = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]]) @ gl  # y is up in the capture
        w, *xyz = quaternion(turned)
        record.append([*xyz, w, *turned[:3, 3]])
        base = to(f"scene/record/rgbd/{i}")
        picture.save(base.with_suffix(".jpg"), quality=90)
        base.with_suffix(".depth").write_bytes(lzfse.compress(depths.tobytes()))
        base.with_suffix(".conf").write_bytes(lzfse.compress((2 * (depths > 0)).astype(np.uint8).tobytes()))
    text = "".join(f"{n + 1} {p[0]} {p[1]} {p[2]} {c[0]} {c[1]} {c[2]} 0.5 1 1\n" for n, (p, c) in enumerate(zip(points[few], colors[few])))
    to("scene/colmap/sparse/0/points3D.txt").write_text(text)
    to("scene/colmap/sparse/0/images.txt").write_text("".join(images))
    to("scene/colmap/sparse/0/cameras.txt").write_text(f"1 PINHOLE {WIDTH} {HEIGHT} {FOCAL} {FOCAL} {WIDTH / 2} {HEIGHT / 2}\n")
    trimesh.PointCloud(points[few], np.column_stack([colors[few], np.full(len(few), 255)])).export(to("scene/nerf/points.ply"))
    to("scene/nerf/transforms.json").write_text(json.dumps({
        "camera_model": "OPENCV", "fl_x": FOCAL, "fl_y": FOCAL, "cx": WIDTH / 2, "cy": HEIGHT / 2, "w": WIDTH, "h": HEIGHT,
        "ply_file_path": "points.ply", "frames": frames}))
    k = [FOCAL, 0, 0, 0, FOCAL, 0, WIDTH / 2, HEIGHT / 2, 1]
    to("scene/record/metadata").write_text(json.dumps({"K": k, "fps": 10, "poses": record, "dw": WIDTH, "dh": HEIGHT}))
    with zipfile.ZipFile(to("scene/room.r3d"), "w") as archive:
        for file in (out / "scene/record").rglob("*"):
            archive.write(file, file.relative_to(out / "scene/record"))


def images():
    for name in ("photo.png", "photo.jpg", "photo.webp", "photo.gif", "photo.tiff", "photo.bmp"):
        photo().save(to("image/" + name))
    # A sky over hills, brighter than white around the sun.
    theta, phi = np.meshgrid(np.linspace(math.pi / 2, -math.pi / 2, 1024), np.linspace(-math.pi, math.pi, 2048), indexing="ij")
    sun = np.exp(-((theta - 0.5) ** 2 + (phi - 0.9) ** 2) / 0.02)[..., None] * np.array([60, 50, 32])
    sky = np.stack([0.25 + 0.5 * np.exp(-4 * theta), 0.45 + 0.4 * np.exp(-4 * theta), 0.8 + 0.1 * np.exp(-4 * theta)], -1)
    hills = (theta < 0.1 * np.sin(2 * phi) + 0.05 * np.sin(5 * phi + 1))[..., None]
    far = 1 / np.tan(np.clip(-theta, 0.02, 1.5))
    fields = np.sin(3 * far * np.cos(phi)) * np.sin(3 * far * np.sin(phi)) > 0
    ground = np.where(fields[..., None], np.array([0.16, 0.22, 0.07]), np.array([0.3, 0.24, 0.1]))
    light = np.where(hills, ground, sky + sun).astype(np.float32)
    with OpenEXR.File({"type": OpenEXR.scanlineimage}, {"RGB": light}) as exr:
        exr.write(str(to("image/sky.exr")))
    exponent = np.ceil(np.log2(light.max(-1) + 1e-9))
    rgbe = np.concatenate([light / 2.0 ** exponent[..., None] * 255, exponent[..., None] + 128], -1).astype(np.uint8)
    to("image/sky.hdr").write_bytes(b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1024 +X 2048\n" + rgbe.tobytes())


# The sheets: what makes their files, and what they show, each with a label and flags.

sheets = {
    "meshes": (surfaces, [
        ("PLY", "mesh/bunny.ply"), ("STL", robots / "talos_data/meshes/torso/torso_2.STL"), ("OBJ, MTL", "mesh/obj/body.obj"),
        ("OFF", "mesh/bunny.off"), ("DAE", robots / "panda_description/meshes/visual/hand.dae"), ("3MF", "mesh/bunny.3mf"),
        ("GLB", "mesh/anymal.glb"), ("glTF", "mesh/gltf/model.gltf"),
    ]),
    "clouds": (clouds, [
        ("PLY", "cloud/scan.ply"), ("PCD", "cloud/scan.pcd"), ("XYZ", "cloud/scan.xyz"), ("LAS", "cloud/heights.las"),
        ("LAZ, by intensity", "cloud/heights.laz", "--color-by", "intensity", "--color-map", "gray"), ("E57", "cloud/scans.e57"),
        ("NPY, plasma", "cloud/scan.npy", "--color-map", "plasma"), ("NPZ, turbo", "cloud/heights.npz", "--color-map", "turbo"),
    ]),
    "splats": (splats, [
        ("PLY", "splats/degree1.ply"), ("PLY, compressed", "splats/packed.compressed.ply"), (".splat", "splats/robot.splat", "--up=-y"),
        ("SPZ", "splats/robot.spz"), ("KSPLAT", "splats/robot.ksplat", "--up=-y"), ("SOG", "splats/robot.sog"), ("SOG, a folder", "splats/folder"),
    ]),
    "scenes": (captures, [
        ("URDF", robots / "panda_description/urdf/panda.urdf"), ("URDF", anymal / "urdf/anymal.urdf"), ("URDF", robots / "talos_data/robots/talos_reduced.urdf"),
        ("MJCF", package("dm_control/suite/humanoid_CMU.xml")),
        ("MJCF", package("dm_control/locomotion/walkers/assets/fruitfly_v2/fruitfly.xml")),
        ("COLMAP", "scene/colmap"), ("transforms.json", "scene/nerf/transforms.json"), ("Record3D", "scene/room.r3d"),
    ]),
    "images": (images, [
        *((name.split(".")[1].upper(), "image/" + name) for name in ("photo.png", "photo.jpg", "photo.webp", "photo.gif", "photo.tiff", "photo.bmp")),
        ("HDR, with a model", "image/sky.hdr", str(repository / "examples/bunny/bunny.ply")), ("EXR", "image/sky.exr"),
    ]),
}

TILE, LABEL, COLUMNS = (320, 230), 26, 4


def tile(label, file, *flags):
    shot = to("tiles/" + "".join(c if c.isalnum() else "-" for c in f"{label}-{Path(file).name}") + ".png")
    run = subprocess.run([viser, "view", str(out / file), *flags, "--screenshot", str(shot), "--size", f"{2 * TILE[0]}x{2 * TILE[1]}"],
                         capture_output=True, text=True)
    said = run.stdout + run.stderr
    if said:
        print(f"{label} ({Path(file).name}): {said.strip()}", file=sys.stderr)
    if run.returncode != 0:
        raise SystemExit(f"{file}: viser view ends with {run.returncode}")
    picture = Image.open(shot).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB").resize(TILE, Image.LANCZOS)


def sheet(name):
    make, tiles = sheets[name]
    make()
    with ThreadPoolExecutor(2) as pool:
        pictures_of = list(pool.map(lambda t: tile(*t), tiles))
    rows = -(-len(tiles) // COLUMNS)
    width, height = TILE[0], TILE[1] + LABEL
    whole = Image.new("RGB", (COLUMNS * width, rows * height), "white")
    draw = ImageDraw.Draw(whole)
    for i, (picture, (label, *_)) in enumerate(zip(pictures_of, tiles)):
        x, y = i % COLUMNS * width, i // COLUMNS * height
        whole.paste(picture, (x, y))
        draw.text((x + width / 2, y + TILE[1] + LABEL / 2), label, "#333", ImageFont.load_default(16), anchor="mm")
    path = pictures / f"formats-{name}.jpg"
    data = io.BytesIO()
    whole.save(data, "JPEG", quality=82, optimize=True)
    path.write_bytes(data.getvalue())
    print(f"{path.name}: {len(data.getvalue()) // 1000} kB")


for name in wanted:
    if name not in sheets:
        raise SystemExit(f"there is no sheet {name}; there are {', '.join(sheets)}")
for name in wanted or sheets:
    sheet(name)
