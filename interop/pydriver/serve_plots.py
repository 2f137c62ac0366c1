"""A Python program with a plot, a chart and an upload button, for the browser tests.

Prints {"port": …}, then {"name": …, "size": …} for each file that a page sends, and leaves when its standard
input ends. ../plots_browser_test.go shows the same in Go.
"""

from __future__ import annotations

import json
import os
import sys

import viser

from scenarios_plots import BARS, columns, offer_plotly


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    offer_plotly()
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    gui = server.gui
    gui.set_panel_label("interop panel")
    button = gui.add_upload_button("a file")
    gui.add_plotly(BARS, aspect=1.5)
    gui.add_uplot(columns([0.0, 1.0, 2.0], [1.0, 3.0, 2.0]), ({"label": "t"}, {"label": "a line", "stroke": "red"}),
                  scales={"x": {"time": False}}, aspect=1.5)

    @button.on_upload
    def _(_: object) -> None:
        out.write(json.dumps({"name": button.value.name, "size": len(button.value.content)}) + "\n")

    out.write(json.dumps({"port": server.get_port()}) + "\n")
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
