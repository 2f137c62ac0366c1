"""Batched meshes, GLB files and skinned meshes: defaults, every option, every setter."""

from __future__ import annotations

import json
import struct

import numpy as np

from scenarios_scene import COLORS, FACES, PLACE, POINTS, TURN, VERTICES
from session import Session

WXYZS = np.array([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0, 1, 0, 0]], np.float32)
ONE_EACH = np.array([1, 2.5, 3], np.float32)
THREE_EACH = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], np.float32)
OPACITIES = np.array([0.25, 0.5, 1], np.float32)
TAIL = dict(wxyz=TURN, position=PLACE, visible=False)
STRETCHED = (1.0, 2.0, 3.0)
LEVELS = ((5.0, 0.5), (20.0, 0.25))
BONE_WXYZS = ((1.0, 0.0, 0.0, 0.0), (0.5, 0.5, 0.5, 0.5))
BONE_POSITIONS = ((0.0, 0.0, 0.0), (1.0, -2.0, 3.5))
WEIGHTS = np.array([[0.25, 0.75], [1, 0], [0.375, 0.625], [0, 1]])
MANY_WEIGHTS = np.array([
    [0.1, 0.2, 0.3, 0.15, 0.25],
    [0.5, 0.05, 0.1, 0.15, 0.2],
    [0.01, 0.02, 0.03, 0.04, 0.9],
    [0.35, 0.3, 0.2, 0.1, 0.05],
])


def glb(name: str) -> bytes:
    """A file that contains only a name."""
    text = json.dumps({"asset": {"version": "2.0", "generator": name}}, separators=(",", ":"))
    text += " " * (-len(text) % 4)
    return b"glTF" + struct.pack("<4I", 2, 20 + len(text), len(text), 0x4E4F534A) + text.encode()


def defaults(s: Session) -> None:
    scene = s.server.scene
    s.step("meshes", lambda: scene.add_batched_meshes_simple("/meshes", VERTICES, FACES, WXYZS, POINTS))
    s.step("glb", lambda: scene.add_glb("/glb", glb("a")))
    s.step("glbs", lambda: scene.add_batched_glb("/glbs", glb("a"), WXYZS, POINTS))
    s.step("skinned", lambda: scene.add_mesh_skinned(
        "/skinned", VERTICES, FACES, bone_wxyzs=BONE_WXYZS, bone_positions=BONE_POSITIONS,
        skin_weights=WEIGHTS))
    s.join_late("late")


def options(s: Session) -> None:
    scene = s.server.scene
    shadow = dict(cast_shadow=False, receive_shadow=False)
    s.step("meshes", lambda: scene.add_batched_meshes_simple(
        "/meshes", VERTICES, FACES, WXYZS, POINTS, batched_scales=ONE_EACH, batched_colors=COLORS,
        batched_opacities=OPACITIES, lod="off", wireframe=False, opacity=0.5, material="toon3",
        flat_shading=True, side="double", scale=STRETCHED, **shadow, **TAIL))
    s.step("meshes wireframe", lambda: scene.add_batched_meshes_simple(
        "/meshes2", VERTICES, FACES, WXYZS, POINTS, batched_scales=THREE_EACH,
        batched_colors=(1, 2, 3), lod=LEVELS, wireframe=True, side="back"))
    s.step("glb", lambda: scene.add_glb("/glb", glb("a"), scale=STRETCHED, **shadow, **TAIL))
    s.step("glb shadow strength", lambda: scene.add_glb("/glb2", glb("a"), receive_shadow=0.25))
    s.step("glbs", lambda: scene.add_batched_glb(
        "/glbs", glb("a"), WXYZS, POINTS, batched_scales=ONE_EACH, lod="off", scale=2.0,
        **shadow, **TAIL))
    s.step("glbs three each", lambda: scene.add_batched_glb(
        "/glbs3", glb("a"), WXYZS, POINTS, batched_scales=THREE_EACH, lod=LEVELS))
    s.step("skinned", lambda: scene.add_mesh_skinned(
        "skinned", VERTICES, FACES, bone_wxyzs=BONE_WXYZS, bone_positions=BONE_POSITIONS,
        skin_weights=WEIGHTS, color=(1, 2, 3), opacity=0.5, material="toon5", flat_shading=True,
        side="back", scale=STRETCHED, **shadow, **TAIL))
    s.step("skinned by five", lambda: scene.add_mesh_skinned(
        "/five", VERTICES, FACES, bone_wxyzs=(TURN,) * 5, bone_positions=(PLACE,) * 5,
        skin_weights=MANY_WEIGHTS, wireframe=True, receive_shadow=0.5))
    s.join_late("late")


def setters(s: Session) -> None:
    scene = s.server.scene
    surface = dict(wireframe=True, opacity=0.5, flat_shading=True, side="double",
                   material="toon3", cast_shadow=False, scale=STRETCHED)
    meshes = s.step("meshes", lambda: scene.add_batched_meshes_simple(
        "/meshes", VERTICES, FACES, WXYZS, POINTS))
    s.together("meshes.poses", meshes, batched_wxyzs=WXYZS[::-1].copy(), batched_positions=POINTS * 2)
    s.set("meshes", meshes, batched_positions=POINTS * 3, batched_scales=ONE_EACH,
          batched_colors=COLORS, batched_opacities=OPACITIES, lod="off")
    s.step("meshes.scales three", lambda: setattr(meshes, "batched_scales", THREE_EACH))
    s.step("meshes.scales none", lambda: setattr(meshes, "batched_scales", None))
    s.step("meshes.opacities none", lambda: setattr(meshes, "batched_opacities", None))
    s.step("meshes.lod levels", lambda: setattr(meshes, "lod", LEVELS))
    s.together("meshes.geometry", meshes, vertices=VERTICES * 3, faces=FACES[:1])
    s.set("meshes", meshes, receive_shadow=False, **surface)
    s.together("meshes.fewer", meshes, batched_wxyzs=WXYZS[:2], batched_positions=POINTS[:2],
               batched_scales=ONE_EACH[:2], batched_colors=COLORS[:2],
               batched_opacities=OPACITIES[:2])

    model = s.step("glb", lambda: scene.add_glb("/glb", glb("a")))
    s.set("glb", model, glb_data=glb("b"), cast_shadow=False, receive_shadow=0.25, scale=STRETCHED)

    models = s.step("glbs", lambda: scene.add_batched_glb("/glbs", glb("a"), WXYZS, POINTS))
    s.together("glbs.poses", models, batched_wxyzs=WXYZS[::-1].copy(), batched_positions=POINTS * 2)
    s.set("glbs", models, batched_scales=THREE_EACH, lod="off", glb_data=glb("b"),
          cast_shadow=False, receive_shadow=False, scale=STRETCHED)

    skinned = s.step("skinned", lambda: scene.add_mesh_skinned(
        "/skinned", VERTICES, FACES, bone_wxyzs=BONE_WXYZS, bone_positions=BONE_POSITIONS,
        skin_weights=WEIGHTS))
    s.set("skinned", skinned, vertices=VERTICES * 2, faces=FACES[::-1].copy(), color=(1, 2, 3),
          receive_shadow=0.25, **surface)
    s.together("skinned.weights", skinned, skin_indices=np.array([[0, 1, 0, 0]] * 4, np.uint16),
               skin_weights=np.array([[0.25, 0.75, 0, 0]] * 4, np.float32))
    for i, bone in enumerate(skinned.bones):
        s.set(f"bone {i}", bone, wxyz=(0.0, 0.0, 1.0, 0.0), position=(i + 4.0, 5.0, 6.0))
    s.join_late("late")


def clicks(s: Session) -> None:
    scene = s.server.scene
    for name, add in {
        "meshes": lambda: scene.add_batched_meshes_simple("/meshes", VERTICES, FACES, WXYZS, POINTS),
        "glb": lambda: scene.add_glb("/glb", glb("a")),
        "glbs": lambda: scene.add_batched_glb("/glbs", glb("a"), WXYZS, POINTS),
        "skinned": lambda: scene.add_mesh_skinned(
            "/skinned", VERTICES, FACES, bone_wxyzs=BONE_WXYZS, bone_positions=BONE_POSITIONS,
            skin_weights=WEIGHTS),
    }.items():
        handle = s.step(name, add)
        s.step(f"{name} on", lambda: handle.on_click(lambda _: None, modifier="shift"))


SCENARIOS = {
    "models_defaults": defaults,
    "models_options": options,
    "models_setters": setters,
    "models_clicks": clicks,
}
