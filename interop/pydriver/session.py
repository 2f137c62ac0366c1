"""A real viser server, viewers on plain sockets, and steps whose messages are recorded.

Every step ends with a marker: a text input whose value changes. Messages of one
buffer arrive in order, so when a viewer has seen the marker it has seen the step.
There is one marker in the server's buffer and one in each viewer's own.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any, Callable, TextIO

import numpy as np
import viser
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from wire import decode_frame, encode_message

TIMEOUT_S = 15.0

CAMERA = {
    "type": "ViewerCameraMessage",
    "wxyz": (0.0, 1.0, 0.0, 0.0),
    "position": (0.0, 0.0, 5.0),
    "fov": 1.25,
    "near": 0.01,
    "far": 1000.0,
    "image_height": 480,
    "image_width": 640,
    "look_at": (0.0, 0.0, 0.0),
    "up_direction": (0.0, -1.0, 0.0),
}
"""Five units above the origin, looking straight down at it, -Y at the top."""


class Viewer:
    """One plain websocket client, which records all messages."""

    def __init__(self, port: int) -> None:
        self._socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}",
            subprotocols=[Subprotocol(f"viser-v{viser.__version__}")],
            compression=None,
            max_size=None,
        )
        self.replay = self.read_until(lambda m: m["type"] == "ReplayDoneMessage")
        self.client: viser.ClientHandle | None = None

    def send(self, message: dict[str, Any]) -> None:
        self._socket.send(encode_message(message))

    def read_until(self, last: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Messages of whole frames, up to the frame with the first one for which last returns true."""
        messages: list[dict[str, Any]] = []
        deadline = time.monotonic() + TIMEOUT_S
        found = False
        while not found:
            frame = self._socket.recv(timeout=deadline - time.monotonic())
            assert isinstance(frame, bytes), "the server sent a text frame"
            window = decode_frame(frame)
            found = any(map(last, window))
            messages += window
        return messages

    def close(self) -> None:
        self._socket.close()


class Session:
    """One scenario: a fresh server, its viewers, and what each step sent."""

    def __init__(
        self,
        out: TextIO,
        label: str | None = None,
        relayed: Callable[[int], int] = lambda port: port,
    ) -> None:
        """relayed returns the port that viewers connect to, for the server's."""
        self._out = out
        self._steps = 0
        self._marker_uuids: set[str] = set()
        self._client_markers: dict[str, Any] = {}
        self.uuids: dict[str, str] = {}
        self.viewers: dict[str, Viewer] = {}
        self.server = viser.ViserServer(
            host="127.0.0.1", port=0, label=label, verbose=False
        )
        self.port = relayed(self.server.get_port())
        self.a = self.open("A")
        self._marker: Any = None

    def start(self) -> None:
        """Add the server's marker and count viewer A as connected."""
        self.put_marker()
        self.connect("A")

    def put_marker(self) -> None:
        """The server's marker and answer button, initially and after a reset."""
        self._marker = self.server.gui.add_text("marker", "")
        self._marker_uuids.add(self._marker._impl.uuid)
        self._answered = threading.Event()
        answer = self.server.gui.add_button("answer")
        self._answer_uuid = answer._impl.uuid
        self._marker_uuids.add(self._answer_uuid)

        @answer.on_click
        async def _(_: Any) -> None:
            self._answered.set()

    def put_client_marker(self, name: str) -> None:
        """A viewer's own marker."""
        client = self.viewers[name].client
        assert client is not None
        marker = client.gui.add_text("marker", "")
        self._marker_uuids.add(marker._impl.uuid)
        self._client_markers[name] = marker

    def open(self, name: str) -> Viewer:
        """A socket that has read and written its replay, and sent nothing yet."""
        self.viewers[name] = Viewer(self.port)
        self._write_replay(f"open {name}", name, self.viewers[name])
        return self.viewers[name]

    def connect(self, name: str) -> viser.ClientHandle:
        """Send the first camera message, wait for the handle, add its marker."""
        viewer = self.viewers[name]
        before = set(self.server.get_clients())
        viewer.send(CAMERA)
        deadline = time.monotonic() + TIMEOUT_S
        while True:
            new = set(self.server.get_clients()) - before
            if new:
                break
            assert time.monotonic() < deadline, "no client after a camera message"
            time.sleep(0.002)
        viewer.client = self.server.get_clients()[new.pop()]
        self.put_client_marker(name)
        return viewer.client

    @property
    def client(self) -> viser.ClientHandle:
        """Viewer A's handle."""
        assert self.a.client is not None
        return self.a.client

    def step(self, name: str, act: Callable[[], Any] | None = None) -> Any:
        """Call a function, then record the messages that each viewer received because of it.

        The result of act is recorded too if JSON can represent it; an exception
        that viser raises is written as its type's name.
        """
        result: Any = None
        error = None
        try:
            result = act() if act is not None else None
        except (ValueError, RuntimeError, AssertionError, TypeError, AttributeError) as e:
            error = type(e).__name__
        self.finish(name, _plain(result), error)
        return result

    def finish(self, name: str, result: Any = None, error: str | None = None) -> None:
        """End a step that was begun explicitly."""
        self._steps += 1
        token = f"{self._steps}: {name}"
        self._marker.value = token
        for marker in self._client_markers.values():
            marker.value = token
        self.server.flush()
        for viewer in self.viewers.values():
            if viewer.client is not None:
                viewer.client.flush()
        sent = {n: self._collect(n, v, token) for n, v in self.viewers.items()}
        self._write({"step": name, "result": result, "error": error, "sent": sent})

    def say(self, name: str, viewer: str, message: dict[str, Any]) -> None:
        """Send a message like a web client; record the messages to all viewers.

        viser handles one socket's messages in order and runs async callbacks where
        it handles them, so once the answer button's has run, so have all before it.
        """
        self.viewers[viewer].send(message)
        self._answered.clear()
        self.viewers[viewer].send(
            {"type": "GuiUpdateMessage", "uuid": self._answer_uuid, "updates": {"value": True}}
        )
        assert self._answered.wait(TIMEOUT_S), "no answer from the server"
        self.finish(name)

    def change(self, name: str, viewer: str, label: str, value: Any) -> None:
        """Set a widget's value like a web client."""
        self.say(name, viewer, {
            "type": "GuiUpdateMessage", "uuid": self.uuids[label], "updates": {"value": value}})

    def _collect(self, name: str, viewer: Viewer, token: str) -> list[dict[str, Any]]:
        wanted = {self._marker._impl.uuid}
        if name in self._client_markers:
            wanted.add(self._client_markers[name]._impl.uuid)

        def last(message: dict[str, Any]) -> bool:
            value = message.get("updates", message).get("value")
            if value == token:  # a relay may send a new marker with the value that it has by then
                wanted.discard(message["uuid"])
            return not wanted

        return self._without_markers(viewer.read_until(last))

    def _without_markers(self, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for message in messages:
            label = message.get("props", {}).get("label")
            if label is not None and "uuid" in message:
                self.uuids[label] = message["uuid"]
        return [m for m in messages if m.get("uuid") not in self._marker_uuids]

    def join_late(self, name: str) -> None:
        """Open one more socket, write its replay, close it."""
        viewer = Viewer(self.port)
        self._write_replay(name, "late", viewer)
        viewer.close()

    def _write_replay(self, step: str, name: str, viewer: Viewer) -> None:
        """The messages to a viewer up to and including ReplayDoneMessage."""
        sent = {name: self._without_markers(viewer.replay)}
        self._write({"step": step, "replay": True, "sent": sent})

    def set(self, label: str, handle: Any, /, **props: Any) -> None:
        """Assign each property twice: the second time nothing should be sent."""
        for prop, value in props.items():
            self.step(f"{label}.{prop}", lambda: setattr(handle, prop, value))
            self.step(f"{label}.{prop} again", lambda: setattr(handle, prop, value))

    def together(self, name: str, handle: Any, /, **props: Any) -> None:
        """Assign properties as one step, twice."""

        def act() -> None:
            for prop, value in props.items():
                setattr(handle, prop, value)

        self.step(name, act)
        self.step(f"{name} again", act)

    def close_viewer(self, name: str) -> None:
        self.viewers.pop(name).close()
        self._client_markers.pop(name, None)

    def close(self) -> None:
        for viewer in self.viewers.values():
            viewer.close()

    def _write(self, record: dict[str, Any]) -> None:
        self._out.write(json.dumps(record, allow_nan=False) + "\n")


def _plain(value: Any) -> Any:
    """A step's result if JSON can hold it, else None (handles are not recorded)."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return None

