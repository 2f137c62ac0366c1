"""First frames, and messages from clients with their effects.

Every callback writes what it was given into one text input, so that an effect is
a message like any other. Callbacks are async: viser runs those in order.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from session import TIMEOUT_S, Session


def first_frames(s: Session) -> None:
    """The replay of a fresh server is written by record.py itself."""
    s.join_late("a second viewer")


def _spell(value: Any) -> str:
    """A value in a notation that both languages can write."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return "[" + " ".join(map(_spell, value)) + "]"
    return str(value)


class Log:
    """A text input that callbacks write to."""

    def __init__(self, s: Session) -> None:
        self._text = s.server.gui.add_text("log", "")
        self._count = 0
        s.step("log")

    def write(self, *words: Any) -> None:
        self._count += 1
        self._text.value = " ".join([str(self._count), *map(_spell, words)])


def widgets(s: Session) -> None:
    gui = s.server.gui
    s.open("B")
    s.connect("B")
    log = Log(s)
    inputs = [
        gui.add_slider("slider", 0.0, 10.0, 0.5, 5.0),
        gui.add_number("number", 3.5),
        gui.add_text("text", "hello"),
        gui.add_checkbox("checkbox", True),
        gui.add_dropdown("dropdown", ("a", "b", "c")),
        gui.add_rgb("rgb", (10, 20, 30)),
        gui.add_vector3("vector3", (1.0, 2.0, 3.0)),
    ]
    for handle in inputs:

        @handle.on_update
        async def _(event: Any) -> None:
            log.write(event.target.label, event.target.value, event.client_id)

    button = gui.add_button("button")

    @button.on_click
    async def _(event: Any) -> None:
        log.write("button", event.client_id)

    s.step("widgets")
    # A browser's integral numbers are sent as msgpack integers.
    s.change("slider", "A", "slider", 7)
    s.change("slider to the same", "A", "slider", 7)
    s.change("slider from B", "B", "slider", 2.5)
    s.change("number", "A", "number", 4)
    s.change("text", "A", "text", "bye")
    s.change("checkbox", "B", "checkbox", False)
    s.change("dropdown", "A", "dropdown", "c")
    s.change("rgb", "A", "rgb", [1, 2, 3])
    s.change("vector3", "A", "vector3", [1, 2.5, 3])
    s.change("button", "A", "button", True)
    s.change("button again", "A", "button", True)
    s.change("button from B", "B", "button", True)
    s.say("nobody's widget", "A", {
        "type": "GuiUpdateMessage", "uuid": "nobody", "updates": {"value": 1}})
    s.step("values", lambda: [handle.value for handle in inputs])
    s.join_late("late")


def callback_writes_back(s: Session) -> None:
    """A callback that corrects the value: all clients end with the corrected one."""
    gui = s.server.gui
    s.open("B")
    s.connect("B")
    slider = gui.add_slider("slider", 0.0, 10.0, 0.5, 5.0)

    @slider.on_update
    async def _(_: Any) -> None:
        slider.value = min(slider.value, 6.0)

    s.step("slider")
    s.change("too much", "A", "slider", 9.0)
    s.join_late("late")


def program_sets(s: Session) -> None:
    """Values set by the program run callbacks too, without a client."""
    gui = s.server.gui
    slider = gui.add_slider("slider", 0.0, 10.0, 0.5, 5.0)
    events: list[Any] = []
    slider.on_update(lambda event: events.append([event.target.value, event.client_id]))
    s.step("slider")

    def put(value: float) -> list[Any]:
        events.clear()
        slider.value = value
        return events

    s.step("set", lambda: put(6.0))
    s.step("set to the same", lambda: put(6.0))


def _click(name: str, owner: str, modifier: str | None) -> dict[str, Any]:
    return {
        "type": "SceneNodeClickMessage", "name": name, "instance_index": None,
        "ray_origin": [0, 0.5, 1], "ray_direction": [0.0, 0.0, -1.0],
        "screen_pos": [0.25, 0.75], "modifier": modifier, "owner": owner,
    }


def node_clicks(s: Session) -> None:
    server, mine = s.server.scene, s.client.scene
    s.open("B")
    s.connect("B")
    log = Log(s)

    def listen(handle: Any, who: str, modifier: str | None) -> None:
        @handle.on_click(modifier=modifier)
        async def _(event: Any) -> None:
            log.write(who, event.client_id, event.ray_origin, event.ray_direction,
                      event.screen_pos, event.modifier)

    shared = server.add_box("/box")
    listen(shared, "shared", None)
    listen(shared, "shared with shift", "shift")
    s.step("shared box")
    own = mine.add_box("/box")
    listen(own, "own", None)
    s.step("own box")
    s.say("shared", "A", _click("/box", "", None))
    s.say("shared from B", "B", _click("/box", "", None))
    s.say("shared with shift", "A", _click("/box", "", "shift"))
    s.say("shared with alt", "A", _click("/box", "", "alt"))
    s.say("own", "A", _click("/box", "0", None))
    s.say("someone else's", "B", _click("/box", "0", None))
    s.say("own from B, that has none", "B", _click("/box", "1", None))
    s.say("no such node", "A", _click("/none", "", None))
    s.step("callbacks off", lambda: shared.remove_click_callback())
    s.say("nobody listens", "A", _click("/box", "", None))
    s.step("removed", shared.remove)
    s.say("a node that went", "A", _click("/box", "", None))


def _pointer(event_type: str, modifier: str | None) -> dict[str, Any]:
    if event_type == "click":
        return {
            "type": "ScenePointerMessage", "event_type": "click", "ray_origin": [0, 0.5, 1],
            "ray_direction": [0.0, 0.0, -1.0], "screen_pos": [[0.25, 0.75]],
            "modifier": modifier,
        }
    return {
        "type": "ScenePointerMessage", "event_type": "rect-select", "ray_origin": None,
        "ray_direction": None, "screen_pos": [[0.25, 0.5], [0.5, 1]], "modifier": modifier,
    }


def scene_pointer(s: Session) -> None:
    server, mine = s.server.scene, s.client.scene
    s.open("B")
    s.connect("B")
    log = Log(s)

    def on_click(scene: Any, who: str, modifier: str | None) -> None:
        @scene.on_click(modifier=modifier)
        async def _(event: Any) -> None:
            log.write(who, event.client_id, event.ray_origin, event.ray_direction,
                      event.screen_pos, event.modifier)

    on_click(server, "shared", None)
    on_click(server, "shared with shift", "shift")

    @server.on_rect_select(modifier="shift")
    async def _(event: Any) -> None:
        log.write("rectangle", event.client_id, event.screen_min, event.screen_max,
                  event.modifier)

    s.step("listening")
    on_click(mine, "own with alt", "alt")
    s.step("listening for one")
    s.say("click", "A", _pointer("click", None))
    s.say("click from B", "B", _pointer("click", None))
    s.say("click with shift", "A", _pointer("click", "shift"))
    s.say("click with alt", "A", _pointer("click", "alt"))
    s.say("click with alt from B", "B", _pointer("click", "alt"))
    s.say("rectangle", "A", _pointer("rect-select", None))
    s.say("rectangle with shift", "A", _pointer("rect-select", "shift"))


def cameras(s: Session) -> None:
    from session import CAMERA

    log = Log(s)
    camera = s.client.camera

    @camera.on_update
    async def _(c: Any) -> None:
        log.write(c.position, c.look_at, c.up_direction, c.wxyz, c.fov, c.near, c.far,
                  c.image_width, c.image_height, c.aspect)

    s.step("listening")
    s.say("moved", "A", {**CAMERA, "position": [1, 2, 3.5], "fov": 1, "image_width": 800})
    s.step("limit", lambda: setattr(camera, "max_orbit_distance", 20.0))
    s.say("moved again", "A", {**CAMERA, "look_at": [0, 0, 1]})
    s.step("limits kept", lambda: [camera.min_orbit_distance, camera.max_orbit_distance])


def clients(s: Session) -> None:
    """IDs increase; a client is connected after its camera message; disconnects are reported too."""
    log = Log(s)

    async def came(client: Any) -> None:
        log.write("came", client.client_id)

    async def left(client: Any) -> None:
        log.write("left", client.client_id)

    # For a client that is already connected it runs at once.
    seen = log._count
    s.server.on_client_connect(came)
    s.server.on_client_disconnect(left)
    _until(lambda: log._count == seen + 1)
    s.step("listening")
    s.open("B")
    s.step("B has said nothing", lambda: sorted(s.server.get_clients()))
    s.connect("B")
    _until(lambda: log._count == seen + 2)
    s.step("B connected", lambda: sorted(s.server.get_clients()))
    s.close_viewer("B")
    _until(lambda: log._count == seen + 3)
    s.step("B left", lambda: sorted(s.server.get_clients()))
    s.open("C")
    s.connect("C")
    _until(lambda: log._count == seen + 4)
    s.step("C connected", lambda: sorted(s.server.get_clients()))


def _until(done: Any) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not done():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


SCENARIOS = {
    "first_frames": first_frames,
    "first_frames_label": first_frames,
    "inbound_widgets": widgets,
    "inbound_write_back": callback_writes_back,
    "inbound_program": program_sets,
    "inbound_node_clicks": node_clicks,
    "inbound_scene_pointer": scene_pointer,
    "inbound_cameras": cameras,
    "inbound_clients": clients,
}
