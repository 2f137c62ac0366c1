"""Dragging nodes, and gizmos: what pages are told, and what a page's words do."""

from __future__ import annotations

from typing import Any

from scenarios_scene import FACES, VERTICES
from scenarios_wire import Log
from session import Session


def bindings(s: Session) -> None:
    scene = s.server.scene

    def first(_: object) -> None: ...
    def second(_: object) -> None: ...

    box = s.step("box", lambda: scene.add_box("/box"))
    s.step("left", lambda: box.on_drag("left")(first))
    s.step("left once more", lambda: box.on_drag("left")(second))
    s.step("right with shift", lambda: box.on_drag("right", modifier="shift")(first))
    s.step("middle with all", lambda: box.on_drag("middle", modifier="cmd/ctrl+alt+shift")(second))
    s.step("click too", lambda: box.on_click(first))
    s.join_late("late")
    s.step("first off", lambda: box.remove_drag_callback(first))
    s.step("all off", lambda: box.remove_drag_callback())
    s.step("on again", lambda: box.on_drag("left")(first))
    again = s.step("re-added", lambda: scene.add_box("/box"))
    s.step("drag the new one", lambda: again.on_drag("right")(first))
    s.step("click the new one", lambda: again.on_click(first))
    s.step("removed", again.remove)
    for kind, add in {
        "frame": lambda: scene.add_frame("/f"),
        "mesh": lambda: scene.add_mesh_simple("/m", VERTICES, FACES),
        "icosphere": lambda: scene.add_icosphere("/i"),
        "cylinder": lambda: scene.add_cylinder("/c"),
        "frustum": lambda: scene.add_camera_frustum("/k", 1.0, 1.0),
    }.items():
        handle = s.step(kind, add)
        s.step(f"{kind} draggable", lambda: handle.on_drag("left")(first))



def _drag(
    phase: str, node: str, owner: str, button: str, modifier: str | None, x: float
) -> dict[str, Any]:
    return {
        "type": "SceneNodeDragMessage", "phase": phase, "name": node, "instance_index": None,
        "start_position": [0, 0.5, 1], "start_screen_pos": [0.25, 0.75],
        "end_position": [x, 0.5, 1], "end_screen_pos": [0.5, 1],
        "button": button, "modifier": modifier, "owner": owner,
    }


def inbound(s: Session) -> None:
    server, mine = s.server.scene, s.client.scene
    s.open("B")
    s.connect("B")
    log = Log(s)

    def listen(handle: Any, who: str, button: Any, modifier: Any) -> Any:
        @handle.on_drag(button, modifier=modifier)
        async def told(event: Any) -> None:
            log.write(who, event.client_id, event.phase, event.start_position,
                      event.start_screen_pos, event.end_position, event.end_screen_pos,
                      event.button, event.modifier)

        return told

    shared = server.add_box("/box")
    left = listen(shared, "left", "left", None)
    listen(shared, "right with shift", "right", "shift")
    s.step("shared box")
    listen(mine.add_box("/box"), "own", "left", None)
    s.step("own box")

    def say(step: str, viewer: str, phase: str, owner: str, button: str, modifier: str | None, x: float) -> None:
        s.say(step, viewer, _drag(phase, "/box", owner, button, modifier, x))

    say("start", "A", "start", "", "left", None, 0.0)
    say("B starts too", "B", "start", "", "left", None, 1.0)
    say("update", "A", "update", "", "left", None, 2.0)
    say("end", "A", "end", "", "left", None, 3.0)
    say("B ends", "B", "end", "", "left", None, 4.0)
    say("with shift", "A", "start", "", "right", "shift", 5.0)
    say("with shift ends", "A", "end", "", "right", "shift", 6.0)
    say("with alt", "A", "start", "", "right", "alt", 7.0)
    say("middle", "A", "start", "", "middle", None, 8.0)
    say("own", "A", "start", "0", "left", None, 9.0)
    say("own ends", "A", "end", "0", "left", None, 10.0)
    say("someone else's", "B", "start", "0", "left", None, 11.0)
    s.say("no such node", "A", _drag("start", "/none", "", "left", None, 12.0))
    say("B starts again", "B", "start", "", "left", None, 13.0)
    say("B updates", "B", "update", "", "left", None, 14.0)
    s.step("left off", lambda: shared.remove_drag_callback(left))
    say("nobody listens", "A", "start", "", "left", None, 15.0)
    s.step("removed", shared.remove)
    say("a node that went", "A", "start", "", "left", None, 16.0)


SCENARIOS = {"drags_bindings": bindings, "drags_inbound": inbound}
