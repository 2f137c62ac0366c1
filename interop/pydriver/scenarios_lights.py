"""Lights, fog and surroundings: defaults, every option, every setter."""

from __future__ import annotations

from pathlib import Path

from scenarios_scene import PLACE, TURN
from session import Session

# Our own panorama replaces viser's: the calls are compared, not the pictures.
PANORAMA = Path(__file__).parents[2] / "hdri" / "presets" / "night.jpg"


def defaults(s: Session) -> None:
    scene = s.server.scene
    s.step("directional", lambda: scene.add_light_directional("/directional"))
    s.step("ambient", lambda: scene.add_light_ambient("/ambient"))
    s.step("hemisphere", lambda: scene.add_light_hemisphere("/hemisphere"))
    s.step("point", lambda: scene.add_light_point("/point"))
    s.step("rect", lambda: scene.add_light_rectarea("/rect"))
    s.step("spot", lambda: scene.add_light_spot("/spot"))
    s.join_late("late")


def options(s: Session) -> None:
    scene = s.server.scene
    tail = dict(wxyz=TURN, position=PLACE, visible=False)
    lamp = dict(color=(1, 2, 3), intensity=2.5)
    s.step("directional", lambda: scene.add_light_directional(
        "/directional", cast_shadow=True, **lamp, **tail))
    s.step("ambient", lambda: scene.add_light_ambient("/ambient", **lamp, **tail))
    s.step("hemisphere", lambda: scene.add_light_hemisphere(
        "/hemisphere", sky_color=(1, 2, 3), ground_color=(4, 5, 6), intensity=2.5, **tail))
    s.step("point", lambda: scene.add_light_point(
        "/point", distance=7.5, decay=1.5, cast_shadow=True, **lamp, **tail))
    s.step("rect", lambda: scene.add_light_rectarea(
        "/rect", width=2.5, height=0.5, **lamp, **tail))
    s.step("spot", lambda: scene.add_light_spot(
        "/spot", distance=7.5, angle=0.25, penumbra=0.5, decay=1.5, cast_shadow=True,
        direction=(1.0, 2.0, 3.0), **lamp, **tail))
    s.step("dark", lambda: scene.add_light_point("/dark", intensity=0.0, decay=0.0))
    s.join_late("late")


def setters(s: Session) -> None:
    scene = s.server.scene
    directional = s.step("directional", lambda: scene.add_light_directional("/directional"))
    ambient = s.step("ambient", lambda: scene.add_light_ambient("/ambient"))
    hemisphere = s.step("hemisphere", lambda: scene.add_light_hemisphere("/hemisphere"))
    point = s.step("point", lambda: scene.add_light_point("/point"))
    rect = s.step("rect", lambda: scene.add_light_rectarea("/rect"))
    spot = s.step("spot", lambda: scene.add_light_spot("/spot"))
    for name, light, values in (
        ("directional", directional, dict(color=(1, 2, 3), intensity=2.5, cast_shadow=True)),
        ("ambient", ambient, dict(color=(1, 2, 3), intensity=2.5)),
        ("hemisphere", hemisphere, dict(
            sky_color=(1, 2, 3), ground_color=(4, 5, 6), intensity=2.5)),
        ("point", point, dict(
            color=(1, 2, 3), intensity=2.5, distance=7.5, decay=1.5, cast_shadow=True)),
        ("rect", rect, dict(color=(1, 2, 3), intensity=2.5, width=2.5, height=0.5)),
        ("spot", spot, dict(
            color=(1, 2, 3), intensity=2.5, distance=7.5, angle=0.25, penumbra=0.5, decay=1.5,
            cast_shadow=True, direction=(1.0, 2.0, 3.0))),
    ):
        for prop, value in values.items():
            s.step(f"{name} {prop}", lambda: setattr(light, prop, value))
    s.step("equal", lambda: setattr(spot, "angle", 0.25))
    s.join_late("late")


def surroundings(s: Session) -> None:
    import viser._scene_api as api

    api._read_hdri_preset = lambda _: PANORAMA.read_bytes()
    scene = s.server.scene
    s.step("lights off", lambda: scene.configure_default_lights(False))
    s.step("no shadows", lambda: scene.configure_default_lights(cast_shadow=False))
    s.step("fog", lambda: scene.configure_fog(2.0, 9.5))
    s.step("fog options", lambda: scene.configure_fog(
        0.0, 9.5, color=(1, 2, 3), enabled=False))
    s.step("panorama", lambda: scene.configure_environment_map("night"))
    s.step("panorama options", lambda: scene.configure_environment_map(
        "night", background=True, background_blurriness=0.5, background_intensity=0.0,
        background_wxyz=TURN, environment_intensity=2.5, environment_wxyz=TURN))
    s.join_late("late")
    s.step("no panorama", lambda: scene.configure_environment_map(None))
    s.join_late("late without")


SCENARIOS = {
    "lights_defaults": defaults,
    "lights_options": options,
    "lights_setters": setters,
    "surroundings": surroundings,
}
