"""A panel of the widgets that serve.py does not have; their events are printed to standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import viser
from scenarios_scene import image_rgb
from scenarios_widgets import picture_folder


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def tell(what: str, value: Any) -> None:
        out.write(json.dumps({"event": f"{what} {json.dumps(value)}"}) + "\n")

    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    gui = server.gui
    gui.set_panel_label("widgets panel")
    multi = gui.add_multi_slider("a multi slider", 0.0, 10.0, 0.5, (2.0, 5.0, 8.0))
    multi.on_update(lambda e: tell("multi", list(e.target.value)))
    vector = gui.add_vector2("a pair", (1.0, 2.25))
    vector.on_update(lambda e: tell("pair", list(e.target.value)))
    gui.add_rgba("a glass", (10, 20, 30, 40))
    group = gui.add_button_group("a choice", ("left", "right"))
    group.on_click(lambda e: tell("choice", e.target.value))
    button = gui.add_button("a camera", icon=viser.Icon.CAMERA)
    button.on_hold(lambda e: tell("held", True), callback_hz=10.0)
    gui.add_divider()
    gui.add_html("some <b>markup</b>")
    gui.add_image(image_rgb(), label="an image")
    gui.add_markdown("![one](rgb.png) written 5 \\* &#40;x&#41; &#91;y&#93; \\{z\\} \\<b\\> \\$1 \\# it\\_s", image_root=picture_folder())

    @server.on_client_connect
    def _(client: viser.ClientHandle) -> None:
        client.local_storage.set_item("name", "Ada")
        tell("stored", client.local_storage.get_item("name", timeout=20.0))

    out.write(json.dumps({"port": server.get_port()}) + "\n")
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
