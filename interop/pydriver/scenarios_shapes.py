"""Arrows, splines, batched axes, images and the background: defaults, every option, every setter."""

from __future__ import annotations

import numpy as np

from scenarios_scene import COLORS, PLACE, POINTS, SEGMENTS, TURN, image_rgb, image_rgba
from session import Session

ARROW_COLORS = COLORS[:2].copy()
CONTROLS = np.array([[0, 1, 0], [1, 1, 0], [1, 0, 1], [0, -2, 2]], np.float32)
WXYZS = np.array([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]], np.float32)
PLACES = np.array([[0, 0, 0], [1, -2, 3.5]], np.float32)
ONE_EACH = np.array([1, 2.5], np.float32)
THREE_EACH = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
TAIL = dict(wxyz=TURN, position=PLACE, visible=False)
STRETCHED = (1.0, 2.0, 3.0)


def depths() -> np.ndarray:
    """Of 4 by 2 pixels: zero, steps of all three bytes, and values out of range."""
    return np.array([[0.0, 0.25, 1.5, 2.5625], [100.0, 167.5, 500.0, -1.0]])


def defaults(s: Session) -> None:
    scene = s.server.scene
    s.step("arrows", lambda: scene.add_arrows("/arrows", SEGMENTS, ARROW_COLORS))
    s.step("arrows one color", lambda: scene.add_arrows("/arrow1", SEGMENTS, (9, 8, 7)))
    s.step("catmull rom", lambda: scene.add_spline_catmull_rom("/curve", POINTS))
    s.step("bezier", lambda: scene.add_spline_cubic_bezier("/bezier", POINTS, CONTROLS))
    s.step("axes", lambda: scene.add_batched_axes("/axes", WXYZS, PLACES))
    s.step("image rgb", lambda: scene.add_image("/image", image_rgb(), 4.0, 2.0))
    s.step("image rgba", lambda: scene.add_image("/image2", image_rgba(), 4.0, 2.0))
    s.step("background", lambda: scene.set_background_image(image_rgb()))
    s.join_late("late")


def options(s: Session) -> None:
    scene = s.server.scene
    s.step("arrows", lambda: scene.add_arrows(
        "/arrows", SEGMENTS, ARROW_COLORS, shaft_radius=0.25, head_radius=0.5, head_length=0.75,
        scale=STRETCHED, **TAIL))
    for curve in ("centripetal", "chordal", "catmullrom"):
        s.step(f"curve {curve}", lambda: scene.add_spline_catmull_rom(
            f"/curve_{curve}", POINTS, curve_type=curve, tension=0.25, closed=True, thickness=3.0,
            thickness_units="screen", color=(1, 2, 3), segments=7, scale=STRETCHED, **TAIL))
    s.step("curve loose", lambda: scene.add_spline_catmull_rom("/loose", POINTS, tension=0.0))
    s.step("one point", lambda: scene.add_spline_catmull_rom("/point", POINTS[:1]))
    s.step("bezier", lambda: scene.add_spline_cubic_bezier(
        "/bezier", POINTS, CONTROLS, thickness=3.0, thickness_units="screen", color=(1, 2, 3),
        segments=7, scale=STRETCHED, **TAIL))
    s.step("axes", lambda: scene.add_batched_axes(
        "/axes", WXYZS, PLACES, ONE_EACH, axes_length=2.0, axes_radius=0.25, scale=STRETCHED, **TAIL))
    s.step("axes three each", lambda: scene.add_batched_axes("/axes3", WXYZS, PLACES, THREE_EACH))
    shadow = dict(cast_shadow=False, receive_shadow=False)
    s.step("image", lambda: scene.add_image(
        "/image", image_rgb(), 4.0, 2.0, format="png", scale=STRETCHED, **shadow, **TAIL))
    s.step("image jpeg", lambda: scene.add_image(
        "/image2", image_rgb(), 4.0, 2.0, format="jpeg", jpeg_quality=95, receive_shadow=0.5))
    s.step("background", lambda: scene.set_background_image(image_rgb(), format="png", depth=depths()))
    s.join_late("late")


def setters(s: Session) -> None:
    scene = s.server.scene
    arrows = s.step("arrows", lambda: scene.add_arrows("/arrows", SEGMENTS, ARROW_COLORS))
    s.set("arrows", arrows, colors=ARROW_COLORS[::-1].copy(), shaft_radius=0.25, head_radius=0.5,
          head_length=0.75, scale=STRETCHED)
    s.together("arrows.points and colors", arrows, points=SEGMENTS * 2, colors=ARROW_COLORS)
    curve = s.step("curve", lambda: scene.add_spline_catmull_rom("/curve", POINTS))
    line = dict(thickness=3.0, color=(1, 2, 3), segments=7, scale=STRETCHED, thickness_units="screen")
    s.set("curve", curve, points=POINTS * 2, curve_type="chordal", tension=0.25, closed=True, **line)
    s.step("curve.segments none", lambda: setattr(curve, "segments", None))
    bezier = s.step("bezier", lambda: scene.add_spline_cubic_bezier("/bezier", POINTS, CONTROLS))
    s.set("bezier", bezier, **line)
    s.together("bezier.points", bezier, points=POINTS * 2, control_points=CONTROLS * 2)
    s.step("bezier.segments none", lambda: setattr(bezier, "segments", None))
    axes = s.step("axes", lambda: scene.add_batched_axes("/axes", WXYZS, PLACES))
    s.set("axes", axes, batched_wxyzs=WXYZS[::-1].copy(), batched_positions=PLACES * 2,
          batched_scales=ONE_EACH, axes_length=2.0, axes_radius=0.25, scale=STRETCHED)
    s.together("axes all", axes, batched_wxyzs=WXYZS, batched_positions=PLACES, batched_scales=THREE_EACH)
    s.step("axes.batched_scales none", lambda: setattr(axes, "batched_scales", None))
    image = s.step("image", lambda: scene.add_image("/image", image_rgb(), 4.0, 2.0))
    s.set("image", image, render_width=3.0, render_height=1.5, cast_shadow=False,
          receive_shadow=0.25, scale=STRETCHED)
    s.step("image.image rgba", lambda: setattr(image, "image", image_rgba()))
    s.step("image.image rgb", lambda: setattr(image, "image", image_rgb()))
    s.set("image", image, format="png")
    s.step("image.image png", lambda: setattr(image, "image", image_rgb()[:, ::-1].copy()))
    s.step("background", lambda: scene.set_background_image(image_rgba()))
    s.step("background depth only", lambda: scene.set_background_image(None, depth=depths()))
    s.step("background none", lambda: scene.set_background_image(None))
    s.step("background none jpeg", lambda: scene.set_background_image(None, format="jpeg"))
    s.step("background again", lambda: scene.set_background_image(image_rgb()))
    s.join_late("late")
    s.step("reset", scene.reset)
    s.join_late("late after reset")


def clicks(s: Session) -> None:
    scene = s.server.scene

    def ignore(_: object) -> None: ...

    axes = s.step("axes", lambda: scene.add_batched_axes("/axes", WXYZS, PLACES))
    image = s.step("image", lambda: scene.add_image("/image", image_rgb(), 4.0, 2.0))
    s.step("axes on", lambda: axes.on_click(ignore))
    s.step("image on", lambda: image.on_click(ignore, modifier="shift"))
    s.join_late("late")
    s.step("axes off", lambda: axes.remove_click_callback(ignore))
    s.step("image off", lambda: image.remove_click_callback(ignore))


SCENARIOS = {
    "shapes_defaults": defaults,
    "shapes_options": options,
    "shapes_setters": setters,
    "shapes_clicks": clicks,
}
