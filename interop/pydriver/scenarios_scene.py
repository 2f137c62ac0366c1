"""Scene calls: every kind with its defaults, with every option, and every setter."""

from __future__ import annotations

import numpy as np

from session import Session

POINTS = np.array([[0.0, 0.0, 0.0], [1.0, 0.5, -0.25], [0.1, -2.0, 3.0]], np.float32)
COLORS = np.array([[255, 0, 0], [0, 255, 0], [1, 2, 3]], np.uint8)
VERTICES = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
FACES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
SEGMENTS = np.array(
    [[[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 1, 0.5]]], np.float32
)
SEGMENT_COLORS = np.array(
    [[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [9, 8, 7]]], np.uint8
)
TURN = (0.5, 0.5, 0.5, 0.5)
PLACE = (1.0, -2.0, 3.5)


def image_rgb() -> np.ndarray:
    """A ramp of 16 by 8 pixels, smooth, so that JPEG hardly changes it."""
    image = np.zeros((8, 16, 3), np.uint8)
    image[..., 0] = np.arange(16)[None, :] * 16
    image[..., 1] = np.arange(8)[:, None] * 32
    image[..., 2] = 128
    return image


def image_rgba() -> np.ndarray:
    alpha = np.full((8, 16, 1), 255, np.uint8)
    alpha[:4] = 100
    return np.concatenate([image_rgb(), alpha], axis=2)


def defaults(s: Session) -> None:
    scene = s.server.scene
    s.step("frame", lambda: scene.add_frame("/frame"))
    s.step("grid", lambda: scene.add_grid("/grid"))
    s.step("cloud", lambda: scene.add_point_cloud("/cloud", POINTS, COLORS))
    s.step("cloud one color", lambda: scene.add_point_cloud("/one", POINTS, (9, 8, 7)))
    s.step("mesh", lambda: scene.add_mesh_simple("/mesh", VERTICES, FACES))
    s.step("box", lambda: scene.add_box("/box"))
    s.step("icosphere", lambda: scene.add_icosphere("/ball"))
    s.step("cylinder", lambda: scene.add_cylinder("/can"))
    s.step("lines", lambda: scene.add_line_segments("/lines", SEGMENTS, SEGMENT_COLORS))
    s.step("lines one color", lambda: scene.add_line_segments("/line1", SEGMENTS, (9, 8, 7)))
    s.step("label", lambda: scene.add_label("/label", "hello"))
    s.step("frustum", lambda: scene.add_camera_frustum("/cam", 1.0, 1.5))
    s.step("frustum rgb", lambda: scene.add_camera_frustum("/cam1", 1.0, 1.5, image=image_rgb()))
    s.step("frustum rgba", lambda: scene.add_camera_frustum("/cam2", 1.0, 1.5, image=image_rgba()))
    s.join_late("late")


def options(s: Session) -> None:
    scene = s.server.scene
    tail = dict(wxyz=TURN, position=PLACE, visible=False)
    shadow = dict(cast_shadow=False, receive_shadow=False)
    s.step("frame", lambda: scene.add_frame(
        "/frame", show_axes=False, axes_length=2.5, axes_radius=0.1, origin_radius=0.3,
        origin_color=(1, 2, 3), scale=2.0, **tail))
    s.step("frame radius", lambda: scene.add_frame("/frame2", axes_radius=0.5))
    s.step("grid", lambda: scene.add_grid(
        "/grid", width=4.0, height=5.5, plane="xz", cell_color=(1, 2, 3), cell_thickness=2.0,
        cell_size=0.25, section_color=(4, 5, 6), section_thickness=3.0, section_size=2.0,
        infinite_grid=True, fade_distance=50.0, fade_strength=0.5, fade_from="origin",
        shadow_opacity=0.5, plane_color=(7, 8, 9), plane_opacity=0.75,
        scale=(1.0, 2.0, 3.0), **tail))
    for plane in ("xy", "yx", "yz", "zx", "zy"):
        s.step(f"grid {plane}", lambda: scene.add_grid(f"/grid_{plane}", plane=plane))
    s.step("cloud", lambda: scene.add_point_cloud(
        "/cloud", POINTS, COLORS, point_size=0.5, point_shape="circle", precision="float32",
        scale=(1.0, 2.0, 3.0), point_shading="flat", **tail))
    for shape in ("square", "diamond", "rounded", "sparkle"):
        s.step(f"cloud {shape}", lambda: scene.add_point_cloud(
            f"/cloud_{shape}", POINTS, COLORS, point_shape=shape))
    s.step("mesh", lambda: scene.add_mesh_simple(
        "/mesh", VERTICES, FACES, color=(1, 2, 3), wireframe=False, opacity=0.5,
        material="toon3", flat_shading=True, side="double", scale=(1.0, 2.0, 3.0),
        **shadow, **tail))
    s.step("mesh wireframe", lambda: scene.add_mesh_simple(
        "/mesh2", VERTICES, FACES, wireframe=True, side="back", scale=0.5, receive_shadow=0.25))
    s.step("box", lambda: scene.add_box(
        "/box", color=(1, 2, 3), dimensions=(1.0, 2.0, 3.0), wireframe=False, opacity=0.5,
        material="toon5", flat_shading=False, side="back", scale=(1.0, 2.0, 3.0),
        **shadow, **tail))
    s.step("box wireframe", lambda: scene.add_box("/box2", wireframe=True, flat_shading=False))
    s.step("icosphere", lambda: scene.add_icosphere(
        "/ball", radius=0.25, color=(1, 2, 3), subdivisions=1, scale=2.0, opacity=0.5,
        material="toon3", flat_shading=True, side="double", **shadow, **tail))
    s.step("icosphere wireframe", lambda: scene.add_icosphere("/ball2", wireframe=True))
    s.step("cylinder", lambda: scene.add_cylinder(
        "/can", radius=0.25, height=3.0, color=(1, 2, 3), radial_segments=6, opacity=0.5,
        material="toon3", flat_shading=True, side="double", scale=2.0, **shadow, **tail))
    s.step("cylinder wireframe", lambda: scene.add_cylinder("/can2", wireframe=True))
    s.step("lines", lambda: scene.add_line_segments(
        "/lines", SEGMENTS, SEGMENT_COLORS, thickness=3.0, thickness_units="screen",
        scale=(1.0, 2.0, 3.0), **tail))
    s.step("label", lambda: scene.add_label(
        "/label", "hello", font_size_mode="scene", font_screen_scale=2.0,
        font_scene_height=0.5, depth_test=True, anchor="bottom-right", **tail))
    for anchor in ("top-center", "top-right", "center-left", "center-center",
                   "center-right", "bottom-left", "bottom-center"):
        s.step(f"label {anchor}", lambda: scene.add_label(f"/l_{anchor}", "x", anchor=anchor))
    s.step("frustum", lambda: scene.add_camera_frustum(
        "/cam", 1.0, 1.5, scale=(1.0, 2.0, 3.0), thickness=3.0, thickness_units="screen",
        color=(1, 2, 3), image=image_rgb(), format="png", variant="filled",
        **shadow, **tail))
    s.step("frustum jpeg", lambda: scene.add_camera_frustum(
        "/cam2", 1.0, 1.5, image=image_rgb(), format="jpeg", jpeg_quality=95))
    s.step("frustum shadow strength", lambda: scene.add_camera_frustum(
        "/cam3", 1.0, 1.5, receive_shadow=0.5))
    s.join_late("late")


def setters(s: Session) -> None:
    scene = s.server.scene
    frame = s.step("frame", lambda: scene.add_frame("/frame"))
    s.set("frame", frame, show_axes=False, axes_length=2.5, axes_radius=0.1, origin_radius=0.3,
          origin_color=(1, 2, 3), scale=(1.0, 2.0, 3.0))
    grid = s.step("grid", lambda: scene.add_grid("/grid"))
    s.set("grid", grid, width=4.0, height=5.5, plane="xz", cell_color=(1, 2, 3),
          cell_thickness=2.0, cell_size=0.25, section_color=(4, 5, 6), section_thickness=3.0,
          section_size=2.0, infinite_grid=True, fade_distance=50.0, fade_strength=0.5,
          fade_from="origin", shadow_opacity=0.5, plane_color=(7, 8, 9), plane_opacity=0.75,
          scale=(1.0, 2.0, 3.0))
    cloud = s.step("cloud", lambda: scene.add_point_cloud("/cloud", POINTS, COLORS))
    s.set("cloud", cloud, point_size=0.5, point_shape="circle", point_shading="flat",
          scale=(1.0, 2.0, 3.0), colors=COLORS[::-1].copy())
    s.together("cloud.points and colors", cloud, points=POINTS * 2, colors=COLORS)
    s.set("cloud", cloud, precision="float32")
    s.together("fewer points", cloud, points=POINTS[:2] * 2, colors=COLORS[:2])
    mesh = s.step("mesh", lambda: scene.add_mesh_simple("/mesh", VERTICES, FACES))
    surface = dict(color=(1, 2, 3), wireframe=True, opacity=0.5, flat_shading=True,
                   side="double", material="toon3", cast_shadow=False, receive_shadow=0.25,
                   scale=(1.0, 2.0, 3.0))
    s.set("mesh", mesh, vertices=VERTICES * 2)
    s.together("mesh.vertices and faces", mesh, vertices=VERTICES * 3, faces=FACES[:1])
    s.set("mesh", mesh, **surface)
    s.step("mesh.opacity none", lambda: setattr(mesh, "opacity", None))
    box = s.step("box", lambda: scene.add_box("/box", flat_shading=False))
    s.set("box", box, dimensions=(1.0, 2.0, 3.0), **surface)
    ball = s.step("icosphere", lambda: scene.add_icosphere("/ball"))
    s.set("icosphere", ball, radius=0.25, subdivisions=1, **surface)
    can = s.step("cylinder", lambda: scene.add_cylinder("/can"))
    s.set("cylinder", can, radius=0.25, height=3.0, radial_segments=6, **surface)
    lines = s.step("lines", lambda: scene.add_line_segments("/lines", SEGMENTS, SEGMENT_COLORS))
    s.set("lines", lines, colors=SEGMENT_COLORS[::-1].copy())
    s.together("lines.points and colors", lines, points=SEGMENTS * 2, colors=SEGMENT_COLORS)
    s.set("lines", lines, thickness=3.0, scale=(1.0, 2.0, 3.0), thickness_units="screen")
    label = s.step("label", lambda: scene.add_label("/label", "hello"))
    s.set("label", label, text="bye", font_size_mode="scene", font_screen_scale=2.0,
          font_scene_height=0.5, depth_test=True, anchor="bottom-right")
    cam = s.step("frustum", lambda: scene.add_camera_frustum("/cam", 1.0, 1.5))
    s.set("frustum", cam, fov=0.75, aspect=2.0, thickness=3.0, color=(1, 2, 3),
          cast_shadow=False, receive_shadow=0.25, variant="filled", scale=(1.0, 2.0, 3.0),
          thickness_units="screen")
    s.step("frustum.image rgb", lambda: setattr(cam, "image", image_rgb()))
    s.step("frustum.image rgba", lambda: setattr(cam, "image", image_rgba()))
    s.step("frustum.image none", lambda: setattr(cam, "image", None))
    s.join_late("late")


def poses(s: Session) -> None:
    scene = s.server.scene
    box = s.step("box", lambda: scene.add_box("/box"))
    s.set("box", box, wxyz=TURN, position=PLACE, visible=False)
    s.step("a little elsewhere", lambda: setattr(box, "position", (1.001, -2.0, 3.5)))
    s.step("shown", lambda: setattr(box, "visible", True))
    s.step("only wxyz given", lambda: scene.add_box("/turned", wxyz=TURN))
    s.step("only position given", lambda: scene.add_box("/moved", position=PLACE))
    s.step("default pose given", lambda: scene.add_box(
        "/same", wxyz=(1.0, 0.0, 0.0, 0.0), position=(0.0, 0.0, 0.0)))
    s.step("no slash", lambda: scene.add_box("bare"))
    for direction in ("+x", "-x", "+y", "-y", "+z", "-z"):
        s.step(f"up {direction}", lambda: scene.set_up_direction(direction))
    s.step("up vector", lambda: scene.set_up_direction((0.3, -2.0, 0.5)))
    s.step("hide all", lambda: scene.set_global_visibility(False))
    s.step("hide all again", lambda: scene.set_global_visibility(False))
    s.step("show all", lambda: scene.set_global_visibility(True))
    axes = scene.world_axes
    s.set("axes", axes, visible=True, axes_length=3.0, position=PLACE)
    s.join_late("late")


def tree(s: Session) -> None:
    scene = s.server.scene
    leaf = s.step("deep", lambda: scene.add_box("/a/b/c/leaf", position=PLACE))
    s.step("sibling", lambda: scene.add_box("/a/b/other"))
    s.step("real over virtual", lambda: scene.add_frame("/a/b", position=(0.0, 1.0, 0.0)))
    s.step("replaced", lambda: scene.add_box("/a/b/c/leaf"))
    s.step("stale handle", lambda: setattr(leaf, "color", (1, 2, 3)))
    moved = s.step("replaced by another kind",
                   lambda: scene.add_icosphere("/a/b/c/leaf", position=PLACE, visible=False))
    s.step("moved", lambda: setattr(moved, "position", (0.0, 0.0, 1.0)))
    s.join_late("late before remove")
    s.step("remove a branch", lambda: scene.remove_by_name("/a/b"))
    s.step("removed once more", lambda: scene.remove_by_name("/a/b"))
    s.step("orphan's parent", lambda: scene.add_box("/a/b/new"))
    s.step("leaf only", lambda: scene.remove_by_name("/a/b/new"))
    s.join_late("late after remove")
    box = s.step("box", lambda: scene.add_box("/box"))
    s.step("box.remove", box.remove)
    s.step("removed handle", lambda: setattr(box, "color", (1, 2, 3)))
    s.step("handle of a name", lambda: scene.get_handle_by_name("/a") is not None)
    s.step("handle of no name", lambda: scene.get_handle_by_name("/none") is not None)
    s.step("axes moved", lambda: setattr(scene.world_axes, "visible", True))
    s.step("reset", scene.reset)
    s.join_late("late after reset")


def clicks(s: Session) -> None:
    scene = s.server.scene

    def first(_: object) -> None: ...
    def second(_: object) -> None: ...

    box = s.step("box", lambda: scene.add_box("/box"))
    s.step("plain", lambda: box.on_click(first))
    s.step("shift", lambda: box.on_click(second, modifier="shift"))
    s.step("shift once more", lambda: box.on_click(first, modifier="shift"))
    s.step("all three", lambda: box.on_click(second, modifier="cmd/ctrl+alt+shift"))
    s.join_late("late")
    s.step("first off", lambda: box.remove_click_callback(first))
    s.step("all off", lambda: box.remove_click_callback())
    s.step("plain on", lambda: box.on_click(first))
    again = s.step("re-added", lambda: scene.add_box("/box"))
    s.step("on again", lambda: again.on_click(first))
    s.step("removed", again.remove)
    for kind, add in {
        "frame": lambda: scene.add_frame("/f"),
        "mesh": lambda: scene.add_mesh_simple("/m", VERTICES, FACES),
        "icosphere": lambda: scene.add_icosphere("/i"),
        "cylinder": lambda: scene.add_cylinder("/c"),
        "frustum": lambda: scene.add_camera_frustum("/k", 1.0, 1.0),
    }.items():
        handle = s.step(kind, add)
        s.step(f"{kind} clickable", lambda: handle.on_click(first))
    for modifier in ("cmd/ctrl", "alt", "cmd/ctrl+alt", "cmd/ctrl+shift", "alt+shift"):
        node = scene.add_box(f"/{modifier.replace('/', '_')}")
        s.step(f"box for {modifier}")
        s.step(f"click with {modifier}", lambda: node.on_click(first, modifier=modifier))


def pointer(s: Session) -> None:
    scene = s.server.scene

    def first(_: object) -> None: ...
    def second(_: object) -> None: ...
    def third(_: object) -> None: ...

    s.step("click", lambda: scene.on_click()(first))
    s.step("click with alt", lambda: scene.on_click(modifier="alt")(second))
    s.step("another plain click", lambda: scene.on_click()(third))
    s.step("rectangle", lambda: scene.on_rect_select(modifier="shift")(first))
    s.join_late("late")
    s.step("first off", lambda: scene.remove_click_callback(first))
    s.step("third off", lambda: scene.remove_click_callback(third))
    s.step("second off", lambda: scene.remove_click_callback(second))
    s.step("rectangle off", lambda: scene.remove_rect_select_callback(first))
    s.join_late("late when off")


SCENARIOS = {
    "scene_defaults": defaults,
    "scene_options": options,
    "scene_setters": setters,
    "scene_poses": poses,
    "scene_tree": tree,
    "scene_clicks": clicks,
    "scene_pointer": pointer,
}
