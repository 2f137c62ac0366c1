"""A Python program that shows a scene, for the browser tests.

Without arguments that is a first scene and the usual widgets; "wall GLB" is a wall of all other kinds of nodes, with
the GLB file of that path, and "wall GLB controls" has the controls in the scene too. Prints {"port": …}, then {"slider": …} for each value that a page sends, and
leaves when its standard input ends. ../show_test.go and ../wall_test.go show the same in Go.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import viser

from scenarios_scene import COLORS, FACES, POINTS, SEGMENT_COLORS, SEGMENTS, VERTICES, image_rgb
from wall import show_wall, show_wall_controls

COVARIANCES = np.array([np.diag([0.3, 0.1, 0.05]), np.diag([0.1, 0.3, 0.05]), np.diag([0.1, 0.05, 0.3])])
OPACITIES = np.array([[1.0], [0.75], [0.5]])


def show_scene(server: viser.ViserServer) -> None:
    # Left of the middle, where the panel does not cover it.
    server.initial_camera.position = (4.4, 8.4, 5.0)
    server.initial_camera.look_at = (-1.8, 1.6, 0.0)
    scene = server.scene
    scene.add_grid("/grid", width=8.0, height=8.0)
    scene.add_frame("/frame", position=(-2.0, -2.0, 0.0))
    scene.add_point_cloud("/cloud", POINTS * 0.5, COLORS, point_size=0.3, position=(0.0, -2.0, 1.0))
    scene.add_mesh_simple("/mesh", VERTICES, FACES, side="double", position=(2.0, -2.0, 0.0))
    scene.add_box("/box", color=(220, 60, 60), position=(-2.0, 0.0, 0.5))
    scene.add_icosphere("/ball", radius=0.6, color=(60, 180, 60), position=(0.0, 0.0, 0.6))
    scene.add_cylinder("/can", radius=0.5, height=1.2, color=(60, 60, 220), position=(2.0, 0.0, 0.6))
    scene.add_line_segments("/lines", SEGMENTS, SEGMENT_COLORS, thickness=0.08, position=(-2.0, 2.0, 0.2))
    scene.add_label("/label", "interop", position=(0.0, 2.0, 0.5))
    # None of them spherical: upstream viser's client does not draw those.
    scene.add_gaussian_splats("/splats", POINTS * 0.4, COVARIANCES, COLORS, OPACITIES, position=(-4.0, 2.0, 0.5))
    scene.add_camera_frustum("/cam", 1.0, 2.0, scale=0.8, image=image_rgb(), format="png",
                             wxyz=(0.7071068, -0.7071068, 0.0, 0.0), position=(2.0, 2.0, 0.5))


def show_gui(server: viser.ViserServer) -> viser.GuiInputHandle[float]:
    gui = server.gui
    gui.set_panel_label("interop panel")
    gui.configure_theme(brand_color=(30, 120, 90))
    with gui.add_folder("a folder"):
        gui.add_button("a button")
        slider = gui.add_slider("a slider", 0.0, 10.0, 0.5, 5.0)
        gui.add_number("a number", 3.5)
        gui.add_text("a text", "some text")
        gui.add_checkbox("a checkbox", True)
        gui.add_dropdown("a dropdown", ("one", "two"))
    gui.add_rgb("a color", (200, 100, 50))
    gui.add_vector3("a vector", (1.0, 2.0, 3.0))
    gui.add_markdown("some **bold** words")
    gui.add_progress_bar(40.0)
    return slider


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    if sys.argv[1:2] == ["wall"]:
        show_wall(server, Path(sys.argv[2]).read_bytes())
        if sys.argv[3:] == ["controls"]:
            show_wall_controls(server)
    else:
        show_scene(server)
    slider = show_gui(server)

    @slider.on_update
    def _(_: object) -> None:
        out.write(json.dumps({"slider": slider.value}) + "\n")

    out.write(json.dumps({"port": server.get_port()}) + "\n")
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
