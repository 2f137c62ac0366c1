"""Gaussian splats: defaults, the option, every setter, clicks."""

from __future__ import annotations

import numpy as np

from scenarios_scene import COLORS, PLACE, POINTS, TURN
from session import Session

COVARIANCES = np.array([
    [[0.01, 0, 0], [0, 0.01, 0], [0, 0, 0.01]],
    [[1.1, 0.5, 0.25], [0.5, 2, -0.5], [0.25, -0.5, 3]],
    # Too small for a half, a subnormal half, too large for a half.
    [[1e-9, 0, 0], [0, 3e-6, 0], [0, 0, 2049]],
], np.float32)
OPACITIES = np.array([[0.0], [0.5], [1.0]], np.float32)
# Every step, and values between two.
STEPS = (np.arange(511, dtype=np.float32) / 510)[:, None]


def add(s: Session, name: str, **options: object):
    return s.server.scene.add_gaussian_splats(name, POINTS, COVARIANCES, COLORS, OPACITIES, **options)


def many(s: Session):
    n = len(STEPS)
    return s.server.scene.add_gaussian_splats(
        "/many", np.zeros((n, 3), np.float32), np.tile(COVARIANCES[:1], (n, 1, 1)),
        np.tile(COLORS[:1], (n, 1)), STEPS)


def splats(s: Session) -> None:
    s.step("splats", lambda: add(s, "/splats"))
    s.step("options", lambda: add(s, "some/splats", scale=(1.0, 2.0, 3.0), wxyz=TURN, position=PLACE,
                                  visible=False))
    s.step("every opacity", lambda: many(s))
    h = s.step("to be set", lambda: add(s, "/set"))
    s.set("splats", h, centers=POINTS * 2, covariances=COVARIANCES * 4, rgbs=COLORS[::-1].copy(),
          opacities=OPACITIES[::-1].copy(), scale=(1.0, 2.0, 3.0))
    s.step("fewer", lambda: h.set_gaussians(POINTS[:2], COVARIANCES[:2], COLORS[:2], OPACITIES[:2]))
    s.step("none", lambda: h.set_gaussians(POINTS[:0], COVARIANCES[:0], COLORS[:0], OPACITIES[:0]))
    s.step("on", lambda: h.on_click(lambda _: None, modifier="shift"))
    s.join_late("late")


SCENARIOS = {"splats": splats}
