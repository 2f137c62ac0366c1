"""Dragging nodes, and gizmos: messages to clients, and the effects of their messages."""

from __future__ import annotations

from typing import Any

from scenarios_scene import FACES, PLACE, TURN, VERTICES
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



LIMITS = ((-1.0, 2.0), (-3.0, 4.0), (0.0, 0.5))


def gizmos(s: Session) -> None:
    scene = s.server.scene
    s.step("defaults", lambda: scene.add_transform_controls("/g"))
    s.step("options", lambda: scene.add_transform_controls(
        "/arm/g", scale=2.5, line_width=4.0, fixed=True, active_axes=(True, False, True),
        disable_axes=True, disable_sliders=True, disable_rotations=True,
        translation_limits=LIMITS, rotation_limits=LIMITS, depth_test=False, opacity=0.5,
        wxyz=TURN, position=PLACE, visible=False))
    g = s.step("to be set", lambda: scene.add_transform_controls("/set"))
    s.set("gizmo", g, scale=2.5, line_width=4.0, fixed=True, active_axes=(True, False, True),
          disable_axes=True, disable_sliders=True, disable_rotations=True,
          translation_limits=LIMITS, rotation_limits=LIMITS, depth_test=False, opacity=0.5)
    s.join_late("late")
    s.step("re-added", lambda: scene.add_transform_controls("/set"))
    s.step("removed", lambda: scene.remove_by_name("/set"))


def _gizmo(kind: str, node: str, owner: str, **more: Any) -> dict[str, Any]:
    return {"type": f"TransformControls{kind}Message", "name": node, **more, "owner": owner}


def gizmos_inbound(s: Session) -> None:
    server, mine = s.server.scene, s.client.scene
    s.open("B")
    s.connect("B")
    # Reported at the end: viser sends a pose to other clients after the callbacks have run, our server before.
    notes: list[str] = []
    text = s.server.gui.add_text("notes", "")
    s.step("notes")

    def listen(handle: Any, who: str) -> None:
        @handle.on_update
        async def _(event: Any) -> None:
            pose = (*event.target.position, *event.target.wxyz)
            numbers = " ".join(f"{float(x):.4f}" for x in pose)
            notes.append(f"{who} {event.client_id} {event.phase} {numbers}")

    shared = server.add_transform_controls("/g", wxyz=(0.0, 0.0, 1.0, 0.0))
    listen(shared, "shared")
    s.step("shared gizmo")
    listen(mine.add_transform_controls("/g", wxyz=(0.0, 0.0, 1.0, 0.0)), "own")
    s.step("own gizmo")

    def move(step: str, viewer: str, owner: str, x: float, wxyz: Any = (0, 0, 1, 0)) -> None:
        s.say(step, viewer, _gizmo("Update", "/g", owner, wxyz=list(wxyz), position=[x, 0.5, 1]))

    s.say("taken", "A", _gizmo("DragStart", "/g", ""))
    move("moved", "A", "", 1.0)
    move("turned", "A", "", 1.0, (0, 1, 0, 0))
    s.say("let go", "A", _gizmo("DragEnd", "/g", ""))
    s.say("taken by B", "B", _gizmo("DragStart", "/g", ""))
    move("moved by B", "B", "", 2.0)
    s.say("let go by B", "B", _gizmo("DragEnd", "/g", ""))
    s.join_late("late")
    s.say("own taken", "A", _gizmo("DragStart", "/g", "0"))
    move("own moved", "A", "0", 3.0)
    s.say("own let go", "A", _gizmo("DragEnd", "/g", "0"))
    s.say("someone else's", "B", _gizmo("DragStart", "/g", "0"))
    move("someone else's moved", "B", "0", 4.0)
    s.say("no such gizmo", "A", _gizmo("DragStart", "/none", ""))
    move("moved without being taken", "A", "", 5.0, (0, 0, 0, 1))
    s.step("removed", shared.remove)
    move("what went is moved", "A", "", 6.0)
    s.step("what was noted", lambda: setattr(text, "value", "; ".join(notes)))



def gui3d(s: Session) -> None:
    """Containers of controls in the scene."""
    server, mine = s.server.scene, s.client.scene
    box = s.step("container", lambda: server.add_3d_gui_container("/box"))

    def fill() -> None:
        with box:
            s.server.gui.add_button("pressed")

    s.step("a button in it", fill)
    s.step("placed", lambda: server.add_3d_gui_container(
        "/arm/box", wxyz=TURN, position=PLACE, visible=False))
    own = s.step("a client's", lambda: mine.add_3d_gui_container("/box"))

    def fill_own() -> None:
        with own:
            s.client.gui.add_button("own")

    s.step("a button in the client's", fill_own)
    s.join_late("late")
    s.step("removed", box.remove)
    s.step("the client's removed", own.remove)


SCENARIOS = {
    "drags_bindings": bindings,
    "drags_inbound": inbound,
    "gizmos": gizmos,
    "gizmos_inbound": gizmos_inbound,
    "gui3d": gui3d,
}
