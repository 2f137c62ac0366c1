"""The widgets that are not in scenarios_gui.py, pictures and icons, and the browser's storage."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import imageio.v3 as iio
import numpy as np
import viser
from scenarios_scene import image_rgb, image_rgba
from scenarios_wire import Log
from session import Session


def picture_folder() -> Path:
    folder = Path(tempfile.mkdtemp())
    (folder / "sub").mkdir()
    iio.imwrite(folder / "rgb.png", image_rgb())
    iio.imwrite(folder / "sub" / "rgba.png", image_rgba())
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


MARKDOWN = "![one](rgb.png) text ![two](sub/rgba.png)\n\n![far](https://example.org/x.png)"


def defaults(s: Session) -> None:
    gui = s.server.gui
    s.step("multi slider", lambda: gui.add_multi_slider("multi", 0.0, 10.0, 0.5, (2.0, 5.0, 8.0)))
    s.step("vector2", lambda: gui.add_vector2("vector2", (1.0, 2.5)))
    s.step("rgba", lambda: gui.add_rgba("rgba", (10, 20, 30, 40)))
    s.step("button group", lambda: gui.add_button_group("group", ("a", "b", "c")))
    s.step("html", lambda: gui.add_html("<b>bold</b>"))
    s.step("divider", gui.add_divider)
    s.step("image", lambda: gui.add_image(image_rgb()))
    s.step("image with alpha", lambda: gui.add_image(image_rgba()))
    s.step("markdown with pictures",
           lambda: gui.add_markdown(MARKDOWN, image_root=picture_folder()))
    s.step("markdown with no picture",
           lambda: gui.add_markdown("![a](broken.png)", image_root=picture_folder()))
    s.join_late("late")


def options(s: Session) -> None:
    gui = s.server.gui
    tail: dict[str, Any] = dict(disabled=True, visible=False, hint="a hint", order=-2.5)
    s.step("multi slider", lambda: gui.add_multi_slider(
        "multi", -1.0, 2.0, 0.25, (-1.0, 0.5), min_range=0.5, fixed_endpoints=True,
        marks=(0.0, (1.0, "one")), **tail))
    s.step("slider without marks", lambda: gui.add_slider("slider", 0.0, 1.0, 0.5, 0.5, marks=()))
    s.step("vector2", lambda: gui.add_vector2(
        "vector2", (1.0, 2.0), min=(0.0, 0.0), max=(4.0, 5.0), step=0.125, **tail))
    s.step("vector2 with min", lambda: gui.add_vector2("vector2", (1.0, 2.0), min=(0.0, 0.25)))
    s.step("vector2 with max", lambda: gui.add_vector2("vector2", (1.0, 2.0), max=(3.125, 4.0)))
    s.step("rgba", lambda: gui.add_rgba("rgba", (0, 255, 30, 0), **tail))
    s.step("button group", lambda: gui.add_button_group("group", ("b", "a", "b"), **tail))
    s.step("html", lambda: gui.add_html("<i>x</i>", order=7.25, visible=False))
    s.step("divider", lambda: gui.add_divider(order=7.25, visible=False))
    s.step("image", lambda: gui.add_image(
        image_rgb(), label="a label", format="png", order=7.5, visible=False))
    s.step("image as jpeg", lambda: gui.add_image(image_rgb(), format="jpeg", jpeg_quality=95))
    for icon in (viser.Icon.CAMERA, viser.Icon.PLAYER_PLAY_FILLED,
                 viser.Icon.ZOOM_RESET, viser.Icon.BRAND_GITHUB, viser.Icon.CE):
        s.step(f"icon {icon}", lambda: gui.add_button("button", icon=icon))
    for lo, hi, step, value in (
        (0.0, 100.0, 1.0, (50.0,)),
        (0.5, 3.0, 1.0, (1.0, 2.5)),
        (0.0, 1.0, 5.0, (0.0, 0.125, 1.0)),
        (1.0, 1.0, 0.5, (1.0, 1.0)),
    ):
        s.step(f"multi slider {lo} {hi} {step}",
               lambda: gui.add_multi_slider("multi", lo, hi, step, value))
    for value2 in ((0.1, 2.0), (1.0, 3.004), (0.0, 0.0), (1.0 / 3.0, 1.0)):
        s.step(f"vector2 {value2}", lambda: gui.add_vector2("vector2", value2))
    s.join_late("late")


def setters(s: Session) -> None:
    gui = s.server.gui
    base = dict(label="new label", hint="new hint", visible=False, disabled=True, order=40.5)
    multi = s.step("multi slider",
                   lambda: gui.add_multi_slider("multi", 0.0, 10.0, 0.5, (2.0, 5.0)))
    s.set("multi", multi, **base, value=(1.0, 7.5), min=1.0, max=8.0, step=0.25, min_range=1.0,
          fixed_endpoints=True, precision=3)
    s.step("multi.min_range none", lambda: setattr(multi, "min_range", None))
    s.step("multi.value of three", lambda: setattr(multi, "value", (1.0, 2.0, 3.0)))
    vec = s.step("vector2", lambda: gui.add_vector2("vector2", (1.0, 2.0)))
    s.set("vector2", vec, **base, value=(2.0, 1.0), min=(0.0, 0.0), max=(5.0, 5.0), step=0.25,
          precision=4)
    s.step("vector2.min none", lambda: setattr(vec, "min", None))
    rgba = s.step("rgba", lambda: gui.add_rgba("rgba", (10, 20, 30, 40)))
    s.set("rgba", rgba, **base, value=(1, 2, 3, 4))
    group = s.step("button group", lambda: gui.add_button_group("group", ("a", "b")))
    s.set("group", group, label="new label", hint="new hint", visible=False, order=40.5,
          options=("x", "y", "z"))
    html = s.step("html", lambda: gui.add_html("one"))
    s.set("html", html, content="two", visible=False, order=40.5)
    divider = s.step("divider", gui.add_divider)
    s.set("divider", divider, visible=False, order=40.5)
    image = s.step("image", lambda: gui.add_image(image_rgb()))
    s.set("image", image, label="new label", visible=False, order=40.5)
    s.step("image.label none", lambda: setattr(image, "label", None))
    s.step("image.image", lambda: setattr(image, "image", np.flip(image_rgb(), axis=0)))
    s.step("image.image with alpha", lambda: setattr(image, "image", image_rgba()))
    s.step("image.image without", lambda: setattr(image, "image", image_rgb()))
    s.set("image", image, format="png")
    s.step("image.image as png", lambda: setattr(image, "image", np.flip(image_rgb(), axis=1)))
    button = s.step("button", lambda: gui.add_button("button"))
    s.set("button", button, icon=viser.Icon.CAMERA)
    s.step("button.icon other", lambda: setattr(button, "icon", viser.Icon.CAMERA_OFF))
    s.step("button.icon none", lambda: setattr(button, "icon", None))
    slider = s.step("slider", lambda: gui.add_slider("slider", 0.0, 10.0, 0.5, 5.0))
    s.set("slider", slider, precision=4)
    number = s.step("number", lambda: gui.add_number("number", 3.5, min=0.0, max=9.0))
    s.set("number", number, precision=4)
    s.step("number.min none", lambda: setattr(number, "min", None))
    s.step("number.max none", lambda: setattr(number, "max", None))
    folder = s.step("folder", lambda: gui.add_folder("folder"))
    s.set("folder", folder, expand_by_default=False)
    s.step("folder.label none", lambda: setattr(folder, "label", None))
    mark = s.step("markdown", lambda: gui.add_markdown("one", image_root=picture_folder()))
    s.step("markdown.content", lambda: setattr(mark, "content", MARKDOWN))
    s.join_late("late")


def refused(s: Session) -> None:
    gui = s.server.gui
    s.step("multi max below min", lambda: gui.add_multi_slider("m", 1.0, 0.0, 0.5, (0.5,)))
    s.step("multi step below 0", lambda: gui.add_multi_slider("m", 0.0, 1.0, -0.5, (0.5,)))
    s.step("multi outside", lambda: gui.add_multi_slider("m", 0.0, 1.0, 0.5, (0.5, 2.0)))
    s.step("multi not rising", lambda: gui.add_multi_slider("m", 0.0, 1.0, 0.5, (0.5, 0.0)))
    s.step("multi min range",
           lambda: gui.add_multi_slider("m", 0.0, 1.0, 0.5, (0.0, 1.0), min_range=1.5))
    s.step("vector2 max below min",
           lambda: gui.add_vector2("v", (0.0, 0.0), min=(0.0, 1.0), max=(1.0, 0.0)))
    s.step("vector2 outside", lambda: gui.add_vector2("v", (0.0, 2.0), max=(1.0, 1.0)))
    s.step("vector2 NaN", lambda: gui.add_vector2("v", (0.0, float("nan")), max=(1.0, 1.0)))
    s.step("button group empty", lambda: gui.add_button_group("g", ()))
    s.step("dropdown empty", lambda: gui.add_dropdown("d", ()))
    s.step("slider NaN", lambda: gui.add_slider("s", 0.0, 1.0, 0.5, float("nan")))
    s.step("number step", lambda: gui.add_number("n", 1.0, step=-0.5))
    s.join_late("late")


def inbound(s: Session) -> None:
    """Values from clients, and which clients receive them."""
    gui = s.server.gui
    s.open("B")
    s.connect("B")
    log = Log(s)
    inputs = [
        gui.add_multi_slider("multi", 0.0, 10.0, 0.5, (2.0, 5.0)),
        gui.add_vector2("vector2", (1.0, 2.0)),
        gui.add_rgba("rgba", (10, 20, 30, 40)),
    ]
    for handle in inputs:

        @handle.on_update
        async def _(event: Any) -> None:
            log.write(event.target.label, event.target.value, event.client_id)

    group = gui.add_button_group("group", ("a", "b"))

    @group.on_click
    async def _(event: Any) -> None:
        log.write("group", event.target.value, event.client_id)

    s.step("widgets")
    s.change("multi", "A", "multi", [1, 7])
    s.change("multi to the same", "A", "multi", [1, 7])
    s.change("multi from B", "B", "multi", [0.5, 7.5])
    s.change("vector2", "A", "vector2", [4, 2.5])
    s.change("rgba", "B", "rgba", [1, 2, 3, 255])
    s.change("group", "A", "group", "b")
    s.change("group again", "A", "group", "b")
    s.change("group from B", "B", "group", "a")
    s.step("values", lambda: [list(handle.value) for handle in inputs] + [group.value])
    s.join_late("late")


def hold(s: Session) -> None:
    """A button that is held down reports each frequency."""
    gui = s.server.gui
    log = Log(s)
    button = s.step("button", lambda: gui.add_button("button"))

    async def ten(event: Any) -> None:
        log.write("ten", event.client_id)

    async def thirty(event: Any) -> None:
        log.write("thirty", event.client_id)

    s.step("at 10", lambda: button.on_hold(ten))
    s.step("at 30", lambda: button.on_hold(thirty, callback_hz=30.0))
    s.step("at 10 again", lambda: button.on_hold(ten))

    def held(name: str, frequency: float, uuid: str | None = None) -> None:
        s.say(name, "A", {"type": "GuiButtonHoldMessage",
                          "uuid": uuid or s.uuids["button"], "frequency": frequency})

    held("held at 30", 30)
    held("held at 30 once more", 30.0)
    held("held at a frequency of nobody", 7.0)
    held("nobody held", 30.0, "nobody")
    s.join_late("late")


def local_storage(s: Session) -> None:
    """The browser's storage: requests, and the results of the responses."""
    storage = s.client.local_storage
    results: list[Any] = []

    def read(key: str) -> threading.Thread:
        def work() -> None:
            try:
                results.append(storage.get_item(key))
            except RuntimeError:
                results.append("RuntimeError")

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def request(viewer: Any) -> list[dict[str, Any]]:
        messages = viewer.read_until(
            lambda m: m["type"] == "LocalStorageGetItemRequestMessage")
        return [m for m in messages if m["type"].startswith("LocalStorage")]

    def answer(asked: dict[str, Any], value: str | None, error: str | None = None) -> None:
        s.a.send({"type": "LocalStorageGetItemResponseMessage", "value": value, "error": error,
                  "request_uuid": asked["request_uuid"]})

    # Our server reads back what it has set, to check that the browser stored it; so does this.
    storage.set_item("key", "value")
    thread = read("key")
    messages = request(s.a)
    answer(messages[-1], "value")
    thread.join(10)
    s.finish("set", [messages, results.pop()])

    for name, value, error in (("found", "text", None), ("missing", None, None),
                               ("failed", None, "SecurityError"), ("empty", "", None)):
        thread = read(name)
        messages = request(s.a)
        answer(messages[-1], value, error)
        thread.join(10)
        s.finish(name, [messages, results.pop()])

    s.step("remove", lambda: storage.remove_item("key"))
    s.step("clear", storage.clear)

    s.open("B")
    left = s.connect("B")
    s.step("both connected")
    before = time.monotonic()

    def lost() -> None:
        try:
            left.local_storage.get_item("key")
        except RuntimeError:
            results.append("RuntimeError")

    thread = threading.Thread(target=lost, daemon=True)
    thread.start()
    request(s.viewers["B"])
    s.close_viewer("B")
    thread.join(10)
    s.finish("a page that leaves", [results, time.monotonic() - before < 5.0])


SCENARIOS = {
    "widgets_defaults": defaults,
    "widgets_options": options,
    "widgets_setters": setters,
    "widgets_refused": refused,
    "inbound_more_widgets": inbound,
    "inbound_hold": hold,
    "local_storage": local_storage,
}
