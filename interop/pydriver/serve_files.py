"""What viser's examples show of a reconstruction of COLMAP, a capture of Record3D and a robot, for the browser tests.

The arguments are one of "colmap", "record3d" and "urdf", and its folder or file. Prints {"port": …} and leaves when its
standard input ends. ../files_browser_test.go shows the same in Go. It differs from the examples in what those choose at
random or let people choose: all points and images are shown, of the same size, and +z remains up. The robot has one
color: those of its file are brighter here, as trimesh writes them to GLB files as if they were linear.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import imageio.v3 as iio
import lzfse
import numpy as np
import viser
import viser.extras
import viser.transforms as tf
from viser.extras import colmap

STRIDE = 2  # of the pixels


def show_colmap(server: viser.ViserServer, folder: Path) -> None:
    server.initial_camera.position = (1.2, 2.4, 1.2)
    server.initial_camera.look_at = (-0.4, 0.0, 0.0)
    model, pictures = folder / "sparse" / "0", folder / "images"
    cameras = colmap.read_cameras_binary(model / "cameras.bin")
    points = colmap.read_points3d_binary(model / "points3D.bin").values()
    server.scene.add_point_cloud("/colmap/pcd", np.array([p.xyz for p in points]), np.array([p.rgb for p in points]),
                                 point_size=0.02)
    for number, image in colmap.read_images_binary(model / "images.bin").items():
        camera = cameras[image.camera_id]
        pose = tf.SE3.from_rotation_and_translation(tf.SO3(image.qvec), image.tvec).inverse()
        server.scene.add_frame(f"/colmap/frame_{number}", wxyz=pose.rotation().wxyz, position=pose.translation(),
                               axes_length=0.1, axes_radius=0.005)
        server.scene.add_camera_frustum(
            f"/colmap/frame_{number}/frustum", fov=2 * np.arctan2(camera.height / 2, camera.params[1]),
            aspect=camera.width / camera.height, scale=0.15, image=iio.imread(pictures / image.name)[::STRIDE, ::STRIDE])


def show_record3d(server: viser.ViserServer, folder: Path) -> None:
    server.initial_camera.position = (-1.2, -1.0, 1.0)
    server.initial_camera.look_at = (0.5, 1.0, -0.4)
    sys.modules["liblzfse"] = lzfse  # the same, in a package that needs no compiler
    loader = viser.extras.Record3dLoader(folder)
    scene = server.scene
    scene.add_frame("/frames", wxyz=tf.SO3.exp(np.array([np.pi / 2, 0.0, 0.0])).wxyz, show_axes=False)
    for i in range(loader.num_frames()):
        frame = loader.get_frame(i)
        points, colors = frame.get_point_cloud(STRIDE)
        scene.add_frame(f"/frames/t{i}", show_axes=False).visible = i == 0
        scene.add_point_cloud(f"/frames/t{i}/point_cloud", points, colors, point_size=0.01, point_shape="rounded")
        height, width = frame.rgb.shape[:2]
        scene.add_camera_frustum(
            f"/frames/t{i}/frustum", fov=2 * np.arctan2(height / 2, frame.K[0, 0]), aspect=width / height, scale=0.15,
            image=frame.rgb[::STRIDE, ::STRIDE], wxyz=tf.SO3.from_matrix(frame.T_world_camera[:3, :3]).wxyz,
            position=frame.T_world_camera[:3, 3])
        scene.add_frame(f"/frames/t{i}/frustum/axes", axes_length=0.05, axes_radius=0.005)


def show_urdf(server: viser.ViserServer, file: Path) -> None:
    server.initial_camera.position = (1.1, 1.4, 1.2)
    server.initial_camera.look_at = (-0.1, 0.1, 0.3)
    robot = viser.extras.ViserUrdf(server, file, root_node_name="/robot", load_meshes=True, load_collision_meshes=True,
                                   mesh_color_override=(60 / 255, 120 / 255, 220 / 255),
                                   collision_mesh_color_override=(1.0, 0.0, 0.0, 128 / 255))
    middles = []
    for lower, upper in robot.get_actuated_joint_limits().values():
        lower, upper = -np.pi if lower is None else lower, np.pi if upper is None else upper
        middles.append(0.0 if lower < -0.1 and upper > 0.1 else (lower + upper) / 2)
    robot.update_cfg(np.array(middles))
    server.scene.add_grid("/grid", width=2.0, height=2.0, position=(0.0, 0.0, robot._urdf.scene.bounds[0, 2]))


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    server.gui.set_panel_label("interop panel")
    show = {"colmap": show_colmap, "record3d": show_record3d, "urdf": show_urdf}
    show[sys.argv[1]](server, Path(sys.argv[2]))
    out.write(json.dumps({"port": server.get_port()}) + "\n")
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
