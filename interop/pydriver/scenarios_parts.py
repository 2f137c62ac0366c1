"""Whole arrays, which our server sends to plain clients for partial changes."""

from __future__ import annotations

import numpy as np

from scenarios_models import FACES, VERTICES, WXYZS
from scenarios_scene import COLORS, POINTS
from scenarios_splats import COVARIANCES, OPACITIES
from session import Session

NEW = np.array([[9.0, 8.0, 7.0]], np.float32)
NEW_COLOR = np.array([[50, 60, 70]], np.uint8)


def both(handle, points, colors) -> None:
    handle.points = points
    handle.colors = colors


def parts(s: Session) -> None:
    scene = s.server.scene
    cloud = s.step("cloud", lambda: scene.add_point_cloud("/cloud", POINTS, COLORS))
    points = np.concatenate([POINTS[:1], NEW, POINTS[2:]])
    colors = np.concatenate([COLORS[:2], NEW_COLOR])
    s.step("points", lambda: setattr(cloud, "points", points))
    s.step("colors", lambda: setattr(cloud, "colors", colors))
    s.step("appended", lambda: both(cloud, np.concatenate([points, NEW]), np.concatenate([colors, NEW_COLOR])))
    s.step("cut", lambda: both(cloud, points[:2], colors[:2]))

    batch = s.step("batch", lambda: scene.add_batched_meshes_simple("/batch", VERTICES, FACES, WXYZS, POINTS))
    s.step("positions", lambda: setattr(batch, "batched_positions", points))
    s.step("batch colors", lambda: setattr(
        batch, "batched_colors", np.concatenate([np.array([[90, 200, 255]] * 2, np.uint8), NEW_COLOR])))

    splats = s.step("splats", lambda: scene.add_gaussian_splats("/splats", POINTS, COVARIANCES, COLORS, OPACITIES))
    s.step("a splat", lambda: setattr(splats, "centers", points))
    s.join_late("late")


SCENARIOS = {"parts": parts}
