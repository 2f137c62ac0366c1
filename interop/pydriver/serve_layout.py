"""Tabs, a form, a panel, a modal and a command; their events are printed to standard output."""

from __future__ import annotations

import json
import os
import sys

import viser


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def tell(event: str) -> None:
        out.write(json.dumps({"event": event}) + "\n")

    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    gui = server.gui
    gui.set_panel_label("layout panel")
    group = gui.add_tab_group()
    with group.add_tab("one", viser.Icon.TABLE):
        gui.add_text("in one", "of tab one")
    with group.add_tab("two"):
        gui.add_button("in two").on_click(lambda _: tell("clicked"))
    form = gui.add_form("a form")
    with form:
        name = gui.add_text("a name", "Ada")
        gui.add_number("a year", 1815)
    form.on_submit(lambda _: tell(f"submitted {name.value}"))

    def ask(_: object) -> None:
        modal = gui.add_modal("a question")

        def answer(_: object) -> None:
            modal.close()
            tell("answered")

        with modal:
            gui.add_button("an answer").on_click(answer)

    gui.add_button("ask").on_click(ask)
    panel = gui.add_panel()
    with panel.add_tab("aside", icon=viser.Icon.CHART_BAR):
        gui.add_text("in the panel", "at the left")
    panel.dock_left()
    panel.set_width(220.0)
    command = gui.add_command("a command", description="what it does", hotkey="J", modifier="alt")
    command.on_trigger(lambda _: tell("triggered"))

    out.write(json.dumps({"port": server.get_port()}) + "\n")
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
