"""Messages to one client: its scene, widgets, notifications, camera."""

from __future__ import annotations

import threading
import time

from scenarios_scene import PLACE, TURN
from session import Session


def scene(s: Session) -> None:
    """Two scopes of one tree: names shadow, each scope removes its own nodes."""
    server, mine = s.server.scene, s.client.scene
    s.open("B")
    s.connect("B")
    s.step("both connected")
    s.step("shared", lambda: server.add_box("/shared/box", color=(255, 0, 0)))
    box = s.step("mine under the same name", lambda: mine.add_box("/shared/box", color=(0, 0, 255)))
    s.set("mine", box, color=(1, 2, 3), position=PLACE, wxyz=TURN, visible=False)
    s.step("mine under a shared parent", lambda: mine.add_label("/shared/note", "only me"))
    s.step("mine deep", lambda: mine.add_icosphere("/own/deep/ball"))
    s.step("clickable", lambda: box.on_click(lambda _: None))
    s.step("pointer", lambda: mine.on_click()(lambda _: None))
    s.step("up", lambda: mine.set_up_direction("+y"))
    s.step("hide", lambda: mine.set_global_visibility(False))
    s.step("shared removed", lambda: server.remove_by_name("/shared"))
    s.step("mine removed", box.remove)
    s.step("mine deep removed", lambda: mine.remove_by_name("/own"))
    s.step("world axes", lambda: mine.world_axes)
    s.step("axes shadowed", lambda: mine.add_frame("/WorldAxes"))
    s.step("reset", mine.reset)
    s.join_late("late")


def gui(s: Session) -> None:
    """Widgets of one client, at its root and in a shared folder."""
    server, mine = s.server.gui, s.client.gui
    s.open("B")
    s.connect("B")
    s.step("both connected")
    folder = s.step("shared folder", lambda: server.add_folder("shared"))
    text = s.step("mine", lambda: mine.add_text("mine", "x"))
    s.set("mine", text, value="y", label="still mine")
    with folder:
        s.step("mine in a shared folder", lambda: mine.add_slider("slider", 0.0, 1.0, 0.1, 0.5))
    own = s.step("my folder", lambda: mine.add_folder("own"))
    with own:
        s.step("mine in my folder", lambda: mine.add_checkbox("check", True))
    s.step("label", lambda: mine.set_panel_label("only me"))
    s.step("theme", lambda: mine.configure_theme(dark_mode=True, brand_color=(1, 2, 3)))
    s.step("shared folder removed", folder.remove)
    s.step("mine removed", text.remove)
    s.step("my folder removed", own.remove)
    s.join_late("late")


def notifications(s: Session) -> None:
    c = s.client
    plain = s.step("plain", lambda: c.add_notification("title", "body"))
    s.step("all options", lambda: c.add_notification(
        "title", "body", loading=True, with_close_button=False, auto_close_seconds=2.5,
        color="red"))
    s.step("rgb", lambda: c.add_notification("title", "body", color=(1, 2, 3)))
    s.set("plain", plain, title="new title", body="new body", loading=True,
          with_close_button=False, auto_close_seconds=1.5, color="teal")
    s.step("never closes", lambda: setattr(plain, "auto_close_seconds", None))
    s.step("no color", lambda: setattr(plain, "color", None))
    s.step("removed", plain.remove)
    s.step("write after remove", lambda: setattr(plain, "title", "ghost"))


def downloads(s: Session) -> None:
    c = s.client
    s.step("small", lambda: c.send_file_download("hello.txt", b"hello"))
    s.step("parts", lambda: c.send_file_download(
        "data.bin", bytes(range(256)) * 4, chunk_size=400, save_immediately=True))
    s.step("exact parts", lambda: c.send_file_download("data.json", b"x" * 800, chunk_size=400))
    s.step("empty", lambda: c.send_file_download("empty.png", b""))
    s.step("unknown kind", lambda: c.send_file_download("thing.qqqq", b"hello"))
    s.step("no extension", lambda: c.send_file_download("thing", b"hello"))
    # MIME types that every Python has, independent of the machine.
    for name in ("a.html", "a.svg", "a.csv", "a.pdf", "a.zip", "a.gz", "a.tar.gz", "a.jpg",
                 "a.jpeg", "a.gif", "a.mp4", "a.css", "a.PNG", "a.wasm", "a.tar"):
        s.step(f"type of {name}", lambda: c.send_file_download(name, b"hello"))
    s.open("B")
    s.connect("B")
    s.step("both connected")
    s.step("to everybody", lambda: s.server.send_file_download("all.txt", b"hello"))


def _camera(s: Session) -> dict[str, object]:
    camera = s.client.camera
    return {
        "wxyz": camera.wxyz, "position": camera.position, "look_at": camera.look_at,
        "up_direction": camera.up_direction, "fov": camera.fov, "near": camera.near,
        "far": camera.far, "aspect": camera.aspect, "image_width": camera.image_width,
        "image_height": camera.image_height, "min_orbit_distance": camera.min_orbit_distance,
        "max_orbit_distance": camera.max_orbit_distance,
    }


def camera(s: Session) -> None:
    c = s.client.camera

    def put(name: str, value: object) -> None:
        def act() -> dict[str, object]:
            setattr(c, name, value)
            return _camera(s)

        s.step(f"{name} {value}", act)
        s.step(f"{name} {value} again", act)

    s.step("at first", lambda: _camera(s))
    put("position", (1.0, 2.0, 3.0))
    put("look_at", (0.0, 0.0, 1.0))
    put("up_direction", (0.0, 0.0, 1.0))
    put("wxyz", (0.5, 0.5, 0.5, 0.5))
    put("wxyz", (0.70710678, 0.0, -0.70710678, 0.0))
    put("wxyz", (0.0, 1.0, 0.0, 0.0))
    put("wxyz", (0.1, 0.2, 0.3, 0.9273618495495703))
    put("fov", 0.5)
    put("near", 0.25)
    put("far", 50.0)
    put("min_orbit_distance", 0.5)
    put("max_orbit_distance", 20.0)
    put("max_orbit_distance", float(1e6))
    # Values that are rejected: nothing is sent, and the camera is unchanged.
    put("position", (float("nan"), 0.0, 0.0))
    put("look_at", (0.0, float("inf"), 0.0))
    put("up_direction", (0.0, 0.0, 0.0))
    put("min_orbit_distance", 0.0)
    put("min_orbit_distance", 1e7)
    put("max_orbit_distance", 0.25)
    s.step("onto the eye", lambda: setattr(c, "look_at", tuple(c.position)))
    s.step("at last", lambda: _camera(s))


def camera_parallel_up(s: Session) -> None:
    """Looking along the up direction is allowed: the roll is kept."""
    c = s.client.camera

    def put(name: str, value: object) -> None:
        def act() -> dict[str, object]:
            setattr(c, name, value)
            return _camera(s)

        s.step(f"{name} {value}", act)

    put("up_direction", (0.0, 0.0, 1.0))
    put("look_at", (0.0, 0.0, -1.0))
    put("look_at", (1.0, 0.0, 0.0))
    put("position", (0.0, 0.0, 9.0))
    put("up_direction", (1.0, 0.0, -9.0))


def initial_camera(s: Session) -> None:
    first = s.server.initial_camera
    s.step("defaults", lambda: {
        "position": first.position, "look_at": first.look_at, "up": first.up,
        "fov": first.fov, "near": first.near, "far": first.far})
    s.set("initial", first, position=(1.0, 2.0, 3.0), look_at=(0.0, 0.5, 0.0),
          up=(0.0, 1.0, 0.0), fov=0.75, near=0.1, far=50.0)
    s.join_late("late")


def render(s: Session) -> None:
    """Request a picture; respond like a web client, incorrectly, and not at all."""
    c = s.client
    results: list[object] = []

    def ask(**options: object) -> threading.Thread:
        def work() -> None:
            try:
                results.append(list(c.get_render(height=8, width=16, **options).shape))
            except RuntimeError as e:
                results.append("RuntimeError")
                del e

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def request() -> dict[str, object]:
        return next(
            m for m in s.a.read_until(lambda m: m["type"] == "GetRenderRequestMessage")
            if m["type"] == "GetRenderRequestMessage"
        )

    def round_trip(name: str, payload: bytes, **options: object) -> None:
        thread = ask(**options)
        message = request()
        s.a.send({"type": "GetRenderResponseMessage", "payload": payload,
                  "render_uuid": message["render_uuid"]})
        thread.join(10)
        s.finish(name, [message, results.pop()])

    from viser._image_encoding import cv2_imencode_with_fallback
    from scenarios_scene import image_rgb, image_rgba

    jpeg = cv2_imencode_with_fallback("jpeg", image_rgb(), 80, "rgb")
    png = cv2_imencode_with_fallback("png", image_rgba(), None, "rgb")
    round_trip("as it is", jpeg)
    round_trip("png", png, transport_format="png")
    round_trip("from elsewhere", jpeg, wxyz=TURN, position=PLACE, fov=0.5)
    round_trip("empty answer", b"")
    round_trip("broken answer", b"not a picture")

    # Two at once, with responses in reverse order.
    one, two = ask(), ask(transport_format="png")
    messages: list[dict[str, object]] = []
    while len(messages) < 2:
        messages += [m for m in s.a.read_until(
            lambda m: m["type"] == "GetRenderRequestMessage")
            if m["type"] == "GetRenderRequestMessage"]
    messages.sort(key=lambda m: str(m["format"]))
    for message in reversed(messages):
        s.a.send({"type": "GetRenderResponseMessage",
                  "payload": jpeg if message["format"] == "image/jpeg" else png,
                  "render_uuid": message["render_uuid"]})
    one.join(10)
    two.join(10)
    s.finish("two at once", sorted(map(str, results)))
    results.clear()

    # A client that leaves.
    s.open("B")
    left = s.connect("B")
    s.step("both connected")

    def lost() -> None:
        try:
            left.get_render(height=8, width=16)
        except RuntimeError:
            results.append("RuntimeError")

    thread = threading.Thread(target=lost, daemon=True)
    thread.start()
    s.viewers["B"].read_until(lambda m: m["type"] == "GetRenderRequestMessage")
    before = time.monotonic()
    s.close_viewer("B")
    thread.join(10)
    s.finish("a page that leaves", [results, time.monotonic() - before < 5.0])


SCENARIOS = {
    "client_scene": scene,
    "client_gui": gui,
    "notifications": notifications,
    "downloads": downloads,
    "camera": camera,
    "camera_parallel_up": camera_parallel_up,
    "initial_camera": initial_camera,
    "render": render,
}
