"""Forms, modals, tabs, panels and commands: calls, removal, and messages from clients."""

from __future__ import annotations

from typing import Any

import viser
from session import Session


def defaults(s: Session) -> None:
    gui = s.server.gui
    s.step("form", lambda: gui.add_form("form"))
    s.step("modal", lambda: gui.add_modal("modal"))
    group = s.step("group", gui.add_tab_group)
    s.step("tab", lambda: group.add_tab("tab"))
    panel = s.step("panel", gui.add_panel)
    s.step("tab of the panel", lambda: panel.add_tab("tab"))
    s.step("command", lambda: gui.add_command("command"))
    s.join_late("late")


def options(s: Session) -> None:
    gui = s.server.gui
    s.step("form", lambda: gui.add_form("f", order=-1.5, expand_by_default=False, visible=False))
    s.step("form without a label", lambda: gui.add_form(None))
    s.step("modal", lambda: gui.add_modal("modal", order=2.5))
    group = s.step("group", lambda: gui.add_tab_group(order=3.5, visible=False))
    s.step("tab with an icon", lambda: group.add_tab("tab", viser.Icon.TABLE))
    s.step("second tab", lambda: group.add_tab("second"))
    panel = s.step("panel", lambda: gui.add_panel(order=4.5, visible=False))
    s.step("tab of the panel", lambda: panel.add_tab("tab", icon=viser.Icon.CHART_BAR))
    s.step("command", lambda: gui.add_command(
        "command", description="what it does", hotkey="K", modifier="cmd/ctrl+shift",
        icon=viser.Icon.DEVICE_FLOPPY, disabled=True))
    for key in ("A", "Z", "0", "9", "space", "enter", "escape", "tab", "backspace", "delete",
                "insert", "home", "end", "pageup", "pagedown", "arrowup", "arrowdown",
                "arrowleft", "arrowright"):
        s.step(f"key {key}", lambda: gui.add_command("command", hotkey=key))
    s.step("modifier without a key", lambda: gui.add_command("command", modifier="alt"))
    form = s.step("a form", lambda: gui.add_form("outer"))

    def nested() -> None:
        with form:
            with gui.add_folder("inside"):
                gui.add_form("inner")

    s.step("a form in a form", nested)
    s.join_late("late")


def setters(s: Session) -> None:
    gui = s.server.gui
    form = s.step("form", lambda: gui.add_form("form"))
    s.set("form", form, label="new label", visible=False, order=40.5, expand_by_default=False)
    group = s.step("group", gui.add_tab_group)
    one = s.step("one", lambda: group.add_tab("one"))
    two = s.step("two", lambda: group.add_tab("two", viser.Icon.TABLE))
    s.set("group", group, visible=False, order=40.5)
    s.step("one.icon", lambda: setattr(one, "icon", viser.Icon.ABACUS))
    s.step("two.icon none", lambda: setattr(two, "icon", None))
    panel = s.step("panel", gui.add_panel)
    s.set("panel", panel, visible=False, order=40.5)
    command = s.step("command", lambda: gui.add_command("command", hotkey="S", modifier="alt"))
    s.set("command", command, label="new label", description="new", disabled=True, hotkey="K")
    s.step("command.icon", lambda: setattr(command, "icon", viser.Icon.ABACUS))
    s.step("command.icon none", lambda: setattr(command, "icon", None))
    s.step("command.description none", lambda: setattr(command, "description", None))

    def no_key() -> None:
        command.hotkey = None
        command.modifier = None

    s.step("command without a key", no_key)
    s.join_late("late")


def removal(s: Session) -> None:
    gui = s.server.gui
    form = s.step("form", lambda: gui.add_form("form"))

    def fill(container: Any, label: str) -> None:
        with container:
            with gui.add_folder(label):
                gui.add_text("inside", "")

    s.step("in the form", lambda: fill(form, "one"))
    group = s.step("group", gui.add_tab_group)
    one = s.step("tab one", lambda: group.add_tab("one"))
    two = s.step("tab two", lambda: group.add_tab("two"))
    three = s.step("tab three", lambda: group.add_tab("three"))
    s.step("in tab one", lambda: fill(one, "two"))
    s.step("in tab two", lambda: fill(two, "three"))
    s.step("in tab three", lambda: fill(three, "three again"))
    modal = s.step("modal", lambda: gui.add_modal("modal"))
    s.step("in the modal", lambda: fill(modal, "four"))
    panel = s.step("panel", gui.add_panel)
    tab = s.step("tab of the panel", lambda: panel.add_tab("tab"))
    s.step("in the panel", lambda: fill(tab, "five"))
    s.step("place the panel", panel.dock_left)
    command = s.step("command", lambda: gui.add_command("command"))
    s.join_late("late before")
    s.step("remove tab two", two.remove)
    s.step("remove the group", group.remove)
    s.step("remove the form", form.remove)
    s.step("close the modal", modal.close)
    s.step("remove the panel", panel.remove)
    s.step("remove the command", command.remove)
    s.join_late("late after")


def reset(s: Session) -> None:
    gui = s.server.gui
    s.step("form", lambda: gui.add_form("form"))
    modal = s.step("modal", lambda: gui.add_modal("modal"))
    panel = s.step("panel", gui.add_panel)
    s.step("place", lambda: gui.main_panel.dock_right())
    s.step("place the other", lambda: panel.dock_below(gui.main_panel))

    def fill() -> None:
        with modal:
            gui.add_text("inside", "")

    s.step("in the modal", fill)
    s.step("command", lambda: gui.add_command("command"))

    def again() -> None:
        gui.reset()
        s.put_marker()

    s.step("reset", again)
    s.join_late("late")


def of_client(s: Session) -> None:
    gui = s.client.gui
    shared = s.step("shared group", s.server.gui.add_tab_group)
    tab = s.step("shared tab", lambda: shared.add_tab("tab"))

    def mine() -> None:
        with tab:
            gui.add_text("mine", "")

    s.step("mine in the shared tab", mine)
    s.step("a client's form", lambda: gui.add_form("form"))
    s.step("a client's modal", lambda: gui.add_modal("modal"))
    panel = s.step("a client's panel", gui.add_panel)
    s.step("beside the control panel", lambda: panel.dock_above(gui.main_panel))
    s.step("the control panel", lambda: gui.main_panel.set_width(222.5))
    s.step("a client's command", lambda: gui.add_command("command"))
    other = s.step("the server's panel", s.server.gui.add_panel)
    s.step("beside the server's", lambda: panel.dock_above(other))
    s.step("the server's beside mine", lambda: other.dock_above(panel))
    s.step("the shared tab goes", tab.remove)


def panels(s: Session) -> None:
    gui = s.server.gui
    main = gui.main_panel
    one = s.step("one", gui.add_panel)
    two = s.step("two", gui.add_panel)
    for name, panel in (("main", main), ("one", one)):
        s.step(f"{name} left", panel.dock_left)
        s.step(f"{name} right", panel.dock_right)
        s.step(f"{name} above", lambda: panel.dock_above(two))
        s.step(f"{name} below", lambda: panel.dock_below(two))
        s.step(f"{name} float", lambda: panel.float())
        s.step(f"{name} float at", lambda: panel.float(x=-15.5, y=40.0))
        s.step(f"{name} float at x", lambda: panel.float(x=0.0))
        s.step(f"{name} float sized", lambda: panel.float(x=1.5, y=2.5, width=300.5, height=400.5))
        s.step(f"{name} width", lambda: panel.set_width(310.5))
        s.step(f"{name} height", lambda: panel.set_height(320.5))
        s.step(f"{name} minimize", panel.minimize)
        s.step(f"{name} expand", panel.expand)
        for bad in (0.0, -1.0, float("nan"), float("inf")):
            s.step(f"{name} width {bad}", lambda: panel.set_width(bad))
            s.step(f"{name} height {bad}", lambda: panel.set_height(bad))
        s.step(f"{name} float at nan", lambda: panel.float(x=float("nan")))
    s.step("below the control panel", lambda: one.dock_below(main))
    s.step("beside itself", lambda: one.dock_below(one))
    s.step("main beside itself", lambda: main.dock_below(main))
    s.step("around in a circle", lambda: two.dock_below(one))
    s.step("and back", lambda: one.dock_below(two))
    s.join_late("late")
    s.step("remove", two.remove)


def forms_inbound(s: Session) -> None:
    gui = s.server.gui
    s.open("B")
    s.connect("B")
    events: list[Any] = []
    form = s.step("form", lambda: gui.add_form("form"))

    @form.on_submit
    async def _(event: viser.GuiEvent) -> None:
        events.append(event.client_id)

    def fill() -> None:
        with form:
            gui.add_text("text", "")

    s.step("text", fill)

    def message(kind: str, uuid: str) -> dict[str, Any]:
        return {"type": f"GuiForm{kind}Message", "uuid": uuid}

    uuid = s.uuids["form"]
    s.say("edited", "A", message("Dirty", uuid))
    s.join_late("late while edited")
    s.say("submitted", "A", message("Submit", uuid))
    s.say("edited again", "B", message("Dirty", uuid))
    s.say("submitted by the other", "A", message("Submit", uuid))
    s.join_late("late after")
    s.say("no form", "A", message("Submit", "nobody"))
    s.say("a text is no form", "A", message("Submit", s.uuids["text"]))
    s.step("events", lambda: events)


def commands_inbound(s: Session) -> None:
    gui = s.server.gui
    s.open("B")
    s.connect("B")
    events: list[Any] = []
    command = s.step("command", lambda: gui.add_command("command"))

    @command.on_trigger
    async def _(event: Any) -> None:
        events.append(event.client_id)

    trigger = {"type": "CommandTriggerMessage", "uuid": s.uuids["command"]}
    s.say("triggered", "A", trigger)
    s.say("triggered again", "A", trigger)
    s.say("triggered by the other", "B", trigger)
    s.step("disabled", lambda: setattr(command, "disabled", True))
    s.say("triggered while disabled", "A", trigger)
    s.say("no command", "A", {"type": "CommandTriggerMessage", "uuid": "nobody"})
    s.step("removed", command.remove)
    s.say("triggered when gone", "A", trigger)
    s.step("events", lambda: events)


SCENARIOS = {
    "containers_defaults": defaults,
    "containers_options": options,
    "containers_setters": setters,
    "containers_removal": removal,
    "containers_reset": reset,
    "containers_client": of_client,
    "panels": panels,
    "inbound_forms": forms_inbound,
    "inbound_commands": commands_inbound,
}
