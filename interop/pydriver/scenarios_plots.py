"""Plots, charts and uploads."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

import numpy as np

from session import Session

ASSETS = Path(__file__).parents[2] / "client" / "dist" / "assets"


class Figure:
    """What viser requires of a figure, without the package plotly."""

    def __init__(self, **content: Any) -> None:
        self._content = content

    def to_json(self) -> str:
        return json.dumps(self._content)


BARS = Figure(data=[{"type": "bar", "x": ["a", "b"], "y": [1.5, 2]}], layout={"title": {"text": "bars"}})
EMPTY = Figure(data=[], layout={}, config={"staticPlot": True, "scrollZoom": False})


def offer_plotly() -> None:
    """A package plotly with our client's copy of the library, so that both servers send the same."""
    package = Path(tempfile.mkdtemp()) / "plotly"
    (package / "package_data").mkdir(parents=True)
    (library,) = ASSETS.glob("plotly-strict.min-*.js")
    shutil.copy(library, package / "package_data" / "plotly.min.js")
    module = types.ModuleType("plotly")
    module.__file__ = str(package / "__init__.py")
    sys.modules["plotly"] = module


def plotly(s: Session) -> None:
    offer_plotly()
    gui = s.server.gui
    s.step("defaults", lambda: gui.add_plotly(BARS))
    handle = s.step("options", lambda: gui.add_plotly(
        EMPTY, config={"displayModeBar": False, "scrollZoom": True}, aspect=1.5, order=7.25, visible=False))
    s.set("plotly", handle, aspect=2.5, order=40.5, visible=True, figure=BARS)
    s.step("figure", lambda: setattr(handle, "figure", EMPTY))
    s.step("removed", handle.remove)
    s.join_late("late")


def columns(*rows: list[float]) -> tuple[np.ndarray, ...]:
    return tuple(np.array(row) for row in rows)


def uplot(s: Session) -> None:
    gui = s.server.gui
    data = columns([1.0, 2.0, 3.0], [4.0, np.nan, 6.0])
    numbers = {"x": {"time": False}}  # what our API adds unless the program asks for times
    s.step("defaults", lambda: gui.add_uplot(data, ({}, {"label": "y", "stroke": "red"}), scales=numbers))
    s.step("times", lambda: gui.add_uplot(data, ({}, {}), scales={"x": {"time": True}}))
    s.step("without points", lambda: gui.add_uplot(columns([], []), ({}, {}), scales=numbers))
    options = dict(
        mode=1,
        title="a title",
        bands=({"series": (2, 1), "fill": "blue", "dir": 1},),
        scales={"x": {"time": False}, "y": {"distr": 3, "log": 10, "range": (0.5, None)}},
        axes=({"label": "t", "side": 2, "values": ("a", "b")}, {"show": False, "grid": {"width": 2.0, "dash": (1.0, 2.0)}}),
        legend={"show": True, "live": False, "markers": {"width": 3.0}},
        cursor={"x": False, "drag": {"x": True, "y": True}, "sync": {"key": "k"}, "focus": {"prox": 30.0}, "points": {"one": True}},
        focus={"alpha": 0.25},
        padding=(1, 2, 3, 4),
    )
    three = columns([1.0, 2.0], [3.0, 4.0], [5.0, 6.0])
    lines = ({"label": "x"}, {"label": "a", "width": 2.0, "spanGaps": True, "points": {"show": True, "size": 4.0}},
             {"label": "b", "fill": "#00f8", "dash": (4.0, 2.0), "scale": "y", "alpha": 0.5})
    handle = s.step("options", lambda: gui.add_uplot(
        three, lines, **options, aspect=1.5, height=200, order=7.25, visible=False))
    plain = s.step("plain", lambda: gui.add_uplot(three, ({}, {}, {}), scales=numbers))
    s.set("uplot", plain, **options, aspect=2.5, height=300, order=40.5, visible=False, series=lines)
    s.set("uplot without", plain, mode=None, title=None, bands=None, scales=numbers, axes=None, legend=None,
          cursor=None, focus=None, height=None, padding=None)
    s.step("data", lambda: setattr(handle, "data", columns([1.0], [2.0], [3.0])))
    s.step("lengths", lambda: gui.add_uplot(columns([1.0], [2.0, 3.0]), ({}, {})))
    s.step("series", lambda: gui.add_uplot(columns([1.0], [2.0]), ({},)))
    s.step("one column", lambda: gui.add_uplot(columns([1.0]), ({},)))
    s.step("removed", handle.remove)
    s.join_late("late")


def uploads(s: Session) -> None:
    gui = s.server.gui
    button = s.step("defaults", lambda: gui.add_upload_button("upload"))
    s.step("options", lambda: gui.add_upload_button(
        "other", disabled=True, visible=False, hint="a hint", order=-2.5, color="red", mime_type="text/plain"))
    s.set("upload", button, label="send", hint="new hint", visible=False, disabled=True, order=40.5,
          color="teal", mime_type="image/*")
    s.step("upload enabled", lambda: setattr(button, "disabled", False))

    def start(uuid: str, parts: int, size: int, source: str | None = None) -> dict[str, Any]:
        return {"type": "FileTransferStartUpload", "source_component_uuid": source or s.uuids["upload"],
                "transfer_uuid": uuid, "filename": "a.txt", "mime_type": "text/plain",
                "part_count": parts, "size_bytes": size}

    def part(uuid: str, index: int, content: bytes) -> dict[str, Any]:
        return {"type": "FileTransferPart", "source_component_uuid": s.uuids["upload"],
                "transfer_uuid": uuid, "part_index": index, "content": content}

    s.say("start", "A", start("one", 3, 9))
    s.say("last part", "A", part("one", 2, b"89"))
    s.say("first part", "A", part("one", 0, b"1234"))
    s.say("first part twice", "A", part("one", 0, b"1234"))
    s.say("no such part", "A", part("one", 3, b"1"))
    s.step("before the end", lambda: button.value.name)
    s.say("middle part", "A", part("one", 1, b"567"))
    s.step("file", lambda: [button.value.name, button.value.content.decode()])
    s.say("after the end", "A", part("one", 1, b"567"))
    s.say("empty", "A", start("two", 0, 0))
    s.step("empty file", lambda: [button.value.name, button.value.content.decode()])
    s.say("no such button", "A", start("three", 1, 1, "nobody"))
    s.say("part for no button", "A", part("three", 0, b"1"))


SCENARIOS = {"plotly": plotly, "uplot": uplot, "uploads": uploads}
