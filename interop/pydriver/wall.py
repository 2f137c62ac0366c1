"""A wall of the kinds of nodes that the first scene of serve.py does not have, each on a separate square."""

from __future__ import annotations

import numpy as np
import viser

from scenarios_scene import FACES, VERTICES, image_rgb

SIDE = 1.2  # of a square
UPRIGHT = (0.7071068, -0.7071068, 0.0, 0.0)
ZIGZAG = np.array([[-0.4, 0, -0.3], [-0.1, 0, 0.3], [0.2, 0, -0.3], [0.4, 0, 0.3]], np.float32)
CONTROLS = np.array([[-0.4, 0, 0.3], [-0.2, 0, 0.3], [0, 0, 0.3], [0.1, 0, -0.3], [0.3, 0, -0.3], [0.4, 0, 0]], np.float32)
WXYZS = np.array([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0.7071068, 0, 0, 0.7071068]], np.float32)
PLACES = np.array([[-0.3, 0, 0], [0, 0, 0], [0.3, 0, 0]], np.float32)
SCALES = np.array([0.15, 0.2, 0.25], np.float32)
TINTS = np.array([[220, 60, 60], [60, 180, 60], [60, 60, 220]], np.uint8)
SHAFTS = np.array([[[-0.4, 0, -0.3], [0.4, 0, -0.3]], [[-0.4, 0, 0.2], [0.1, 0, 0.4]]], np.float32)
BLOBS = np.array([[[0.02, 0, 0], [0, 0.02, 0], [0, 0, 0.005]], [[0.01, 0, 0.005], [0, 0.01, 0], [0.005, 0, 0.02]],
                  [[0.01, 0, 0], [0, 0.01, 0], [0, 0, 0.01]]], np.float32)
BONES = np.array([[-0.2, 0, 0], [0.2, 0, 0]])
WEIGHTS = np.array([[1, 0], [0, 1], [0.5, 0.5], [0.5, 0.5]])


def place(i: int) -> tuple[float, float, float]:
    """The middle of a square, rows of five from the upper left."""
    return (SIDE * (i % 5 - 3.2), 0.0, SIDE * (1 - i // 5))


def show_wall(server: viser.ViserServer, glb: bytes) -> None:
    server.initial_camera.position = (0.5, -5.2, 0.6)
    server.initial_camera.look_at = (0.5, 0.0, 0.2)
    scene = server.scene
    scene.configure_default_lights(cast_shadow=False)
    scene.configure_fog(4, 40, color=(200, 210, 255))
    scene.add_arrows("/arrows", SHAFTS, TINTS[:2], shaft_radius=0.04, head_radius=0.1, head_length=0.15, position=place(0))
    scene.add_spline_catmull_rom("/catmull", ZIGZAG, thickness=0.04, color=(220, 60, 60), segments=40, position=place(1))
    scene.add_spline_cubic_bezier("/bezier", ZIGZAG, CONTROLS, thickness=0.04, color=(60, 60, 220), segments=40, position=place(2))
    scene.add_batched_axes("/axes", WXYZS, PLACES, axes_length=0.25, axes_radius=0.03, position=place(3))
    scene.add_image("/image", image_rgb(), 0.9, 0.6, format="png", wxyz=UPRIGHT, position=place(4))
    scene.add_batched_meshes_simple("/meshes", VERTICES, FACES, WXYZS, PLACES, batched_scales=SCALES,
                                    batched_colors=TINTS, side="double", lod="off", position=place(5))
    scene.add_glb("/glb", glb, position=place(6))
    scene.add_batched_glb("/glbs", glb, WXYZS, PLACES, batched_scales=SCALES * 2, lod="off", position=place(7))
    scene.add_mesh_skinned("/skinned", VERTICES * 0.4, FACES, bone_wxyzs=((1.0, 0.0, 0.0, 0.0),) * 2,
                           bone_positions=BONES, skin_weights=WEIGHTS, side="double", color=(200, 120, 40),
                           position=place(8)).bones[1].position = (0.4, 0.0, 0.2)
    x, y, z = place(12)
    scene.add_transform_controls("/gizmo", 0.45, line_width=4.0, disable_sliders=True, position=(x, y, z - 0.1),
                                 wxyz=(0.9238795, 0.0, 0.3826834, 0.0))
    scene.add_gaussian_splats("/splats", PLACES, BLOBS, TINTS, np.array([[1.0], [0.7], [0.9]]), position=place(9))
    scene.add_icosphere("/lit", radius=0.4, color=(255, 255, 255), position=place(10))
    x, y, z = place(10)
    scene.add_light_point("/bulb", color=(255, 40, 40), intensity=1.5, distance=1.2, position=(x - 0.6, y - 0.4, z))
    scene.add_light_spot("/spot", color=(40, 255, 40), intensity=4.0, distance=2.0, angle=0.5, penumbra=0.2,
                         direction=(-0.3, 0.6, 0.0), position=(x + 0.4, y - 1.0, z))
    scene.add_light_ambient("/ambient", color=(40, 40, 255), intensity=0.3)
    scene.add_light_hemisphere("/dome", sky_color=(255, 255, 255), ground_color=(80, 40, 20), intensity=0.3, position=(0.0, 0.0, 1.0))
    scene.add_light_directional("/sun", color=(255, 220, 180), intensity=0.5, position=(1.0, -2.0, 3.0))
    scene.add_box("/lit panel", color=(255, 255, 255), dimensions=(0.9, 0.1, 0.9), position=place(11))
    x, y, z = place(11)
    scene.add_light_rectarea("/pane", color=(255, 200, 80), intensity=4.0, width=0.4, height=0.4,
                             wxyz=(0.7071068, 0.7071068, 0.0, 0.0), position=(x, y - 0.5, z))


def show_wall_controls(server: viser.ViserServer) -> None:
    """What upstream viser's client cannot show: its React code fails."""
    x, y, z = place(13)
    with server.scene.add_3d_gui_container("/controls", position=(x - 2.0, y, z - 0.8)):
        server.gui.add_button("in the scene")
        server.gui.add_number("a number in the scene", 2.5)
