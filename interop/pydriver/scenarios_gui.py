"""GUI calls: every kind with its defaults, with every option, and every setter."""

from __future__ import annotations

from session import Session


def defaults(s: Session) -> None:
    gui = s.server.gui
    s.step("folder", lambda: gui.add_folder("folder"))
    s.step("button", lambda: gui.add_button("button"))
    s.step("slider", lambda: gui.add_slider("slider", 0.0, 1.0, 0.1, 0.5))
    s.step("number", lambda: gui.add_number("number", 3.5))
    s.step("text", lambda: gui.add_text("text", "hello"))
    s.step("checkbox", lambda: gui.add_checkbox("checkbox", True))
    s.step("dropdown", lambda: gui.add_dropdown("dropdown", ("a", "b", "c")))
    s.step("rgb", lambda: gui.add_rgb("rgb", (10, 20, 30)))
    s.step("vector3", lambda: gui.add_vector3("vector3", (1.0, 2.0, 3.0)))
    s.step("markdown", lambda: gui.add_markdown("# title\n\ntext"))
    s.step("progress", lambda: gui.add_progress_bar(25.0))
    s.join_late("late")


def options(s: Session) -> None:
    gui = s.server.gui
    tail = dict(disabled=True, visible=False, hint="a hint", order=-2.5)
    s.step("folder", lambda: gui.add_folder(
        "folder", order=-1.5, expand_by_default=False, visible=False))
    s.step("folder without label", lambda: gui.add_folder(None))
    s.step("button", lambda: gui.add_button("button", color="red", **tail))
    s.step("button rgb", lambda: gui.add_button("button", color=(1, 2, 3)))
    s.step("slider", lambda: gui.add_slider(
        "slider", -1.0, 2.0, 0.25, 0.5, marks=(0.0, (1.0, "one")), **tail))
    s.step("number", lambda: gui.add_number("number", 3.5, min=0.0, max=10.0, step=0.5, **tail))
    s.step("number with min", lambda: gui.add_number("number", 3.5, min=0.25))
    s.step("number with max", lambda: gui.add_number("number", 3.5, max=10.0))
    s.step("number with step", lambda: gui.add_number("number", 3.0, step=0.001))
    s.step("text", lambda: gui.add_text("text", "one\ntwo", multiline=True, **tail))
    s.step("checkbox", lambda: gui.add_checkbox("checkbox", False, **tail))
    s.step("dropdown", lambda: gui.add_dropdown(
        "dropdown", ("a", "b", "c"), initial_value="b", **tail))
    s.step("rgb", lambda: gui.add_rgb("rgb", (0, 255, 30), **tail))
    s.step("vector3", lambda: gui.add_vector3(
        "vector3", (1.0, 2.0, 3.0), min=(0.0, 0.0, 0.5), max=(4.0, 5.0, 6.0), step=0.125, **tail))
    s.step("vector3 with min", lambda: gui.add_vector3(
        "vector3", (1.0, 2.0, 3.0), min=(0.0, 0.25, 0.5)))
    s.step("markdown", lambda: gui.add_markdown("*text*", order=7.25, visible=False))
    s.step("progress", lambda: gui.add_progress_bar(
        0.0, visible=False, animated=True, color="teal", order=7.5))
    s.step("progress rgb", lambda: gui.add_progress_bar(100.0, color=(1, 2, 3)))
    for name in ("dark", "gray", "red", "pink", "grape", "violet", "indigo", "blue", "cyan",
                 "green", "lime", "yellow", "orange", "teal"):
        s.step(f"color {name}", lambda: gui.add_button("button", color=name))
    s.join_late("late")


def precision(s: Session) -> None:
    """How step and precision are derived from the given numbers."""
    gui = s.server.gui
    for lo, hi, step, value in (
        (0.0, 100.0, 1.0, 50.0),
        (0.0, 1.0, 0.01, 0.25),
        (0.5, 3.0, 1.0, 2.5),
        (0.0, 1.0, 5.0, 0.5),
        (0.0, 0.003, 0.0005, 0.001),
        (-0.125, 1.0, 0.1, 0.0),
        (0.0, 1.0, 1.0 / 3.0, 0.0),
        (1.0, 1.0, 0.5, 1.0),
        (1e9, 2e9, 1e8, 1e9),
    ):
        s.step(f"slider {lo} {hi} {step} {value}",
               lambda: gui.add_slider("slider", lo, hi, step, value))
    for value in (0.0, 1.0, 12.1, 12.02, 0.004, 1e-9, 100.0, -0.5, 1.0 / 3.0, 1e20):
        s.step(f"number {value}", lambda: gui.add_number("number", value))
    for value in ((0.1, 2.0, 3.0), (1.0, 2.0, 3.004), (0.0, 0.0, 0.0), (1.0 / 3.0, 0.0, 1.0)):
        s.step(f"vector3 {value}", lambda: gui.add_vector3("vector3", value))


def setters(s: Session) -> None:
    gui = s.server.gui
    # Each order is one that no widget has by default.
    base = dict(label="new label", hint="new hint", visible=False, disabled=True, order=40.5)
    folder = s.step("folder", lambda: gui.add_folder("folder"))
    s.set("folder", folder, label="new label", visible=False, order=40.5)
    button = s.step("button", lambda: gui.add_button("button"))
    s.set("button", button, **base, color="red")
    s.step("button.color rgb", lambda: setattr(button, "color", (1, 2, 3)))
    s.step("button.color none", lambda: setattr(button, "color", None))
    slider = s.step("slider", lambda: gui.add_slider("slider", 0.0, 10.0, 0.5, 5.0))
    s.set("slider", slider, **base, value=7.5, min=1.0, max=8.0, step=0.25)
    number = s.step("number", lambda: gui.add_number("number", 3.5))
    s.set("number", number, **base, value=7.5, min=1.0, max=8.0, step=0.25)
    text = s.step("text", lambda: gui.add_text("text", "hello"))
    s.set("text", text, **base, value="bye", multiline=True)
    check = s.step("checkbox", lambda: gui.add_checkbox("checkbox", True))
    s.set("checkbox", check, **base, value=False)
    drop = s.step("dropdown", lambda: gui.add_dropdown("dropdown", ("a", "b", "c")))
    s.set("dropdown", drop, **base, value="b")
    s.step("dropdown.options keeping the value",
           lambda: setattr(drop, "options", ("b", "c", "d")))
    s.step("dropdown.options dropping the value",
           lambda: setattr(drop, "options", ("x", "y")))
    s.step("dropdown value", lambda: drop.value)
    s.step("dropdown.options again", lambda: setattr(drop, "options", ("x", "y")))
    rgb = s.step("rgb", lambda: gui.add_rgb("rgb", (10, 20, 30)))
    s.set("rgb", rgb, **base, value=(1, 2, 3))
    vec = s.step("vector3", lambda: gui.add_vector3("vector3", (1.0, 2.0, 3.0)))
    s.set("vector3", vec, **base, value=(3.0, 2.0, 1.0), min=(0.0, 0.0, 0.0),
          max=(5.0, 5.0, 5.0), step=0.25)
    mark = s.step("markdown", lambda: gui.add_markdown("one"))
    s.set("markdown", mark, content="two", visible=False, order=40.5)
    bar = s.step("progress", lambda: gui.add_progress_bar(25.0))
    s.set("progress", bar, value=50.0, animated=True, color="blue", visible=False, order=40.5)
    s.step("progress.color none", lambda: setattr(bar, "color", None))
    s.step("hint none", lambda: setattr(text, "hint", None))
    s.join_late("late")


def folders(s: Session) -> None:
    gui = s.server.gui
    outer = s.step("outer", lambda: gui.add_folder("outer"))
    with outer:
        s.step("text in outer", lambda: gui.add_text("text", "t"))
        inner = s.step("inner", lambda: gui.add_folder("inner"))
        with inner:
            deep = s.step("slider in inner", lambda: gui.add_slider("slider", 0.0, 1.0, 0.1, 0.5))
    s.step("after", lambda: gui.add_checkbox("after", False))
    s.step("deep value", lambda: setattr(deep, "value", 0.75))
    s.join_late("late before remove")
    s.step("remove outer", outer.remove)
    s.step("removed handle", lambda: setattr(deep, "value", 0.25))
    s.join_late("late after remove")
    lone = s.step("lone", lambda: gui.add_text("lone", ""))
    s.step("remove lone", lone.remove)


def panel(s: Session) -> None:
    """Theme and the panel's label: what every client shows around the widgets."""
    gui = s.server.gui
    s.step("theme", lambda: gui.configure_theme())
    s.step("theme again", lambda: gui.configure_theme())
    s.step("dark", lambda: gui.configure_theme(dark_mode=True))
    for brand in ((230, 180, 30), (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 128, 255),
                  (10, 10, 10), (250, 250, 240), (128, 128, 128), (13, 200, 77)):
        s.step(f"brand {brand}", lambda: gui.configure_theme(brand_color=brand))
    s.step("everything", lambda: gui.configure_theme(
        titlebar_content={
            "buttons": (
                {"text": "code", "icon": "GitHub", "href": "https://example.org/code"},
                {"text": "docs", "icon": "Description", "href": "https://example.org/docs"},
            ),
            "image": {
                "image_url_light": "https://example.org/light.png",
                "image_url_dark": "https://example.org/dark.png",
                "image_alt": "logo",
                "href": "https://example.org",
            },
        },
        control_width="large", dark_mode=True, show_logo=False, show_share_button=False))
    s.step("narrow", lambda: gui.configure_theme(control_width="small"))
    s.step("label", lambda: gui.set_panel_label("a label"))
    s.step("label again", lambda: gui.set_panel_label("a label"))
    s.join_late("late")
    s.step("no label", lambda: gui.set_panel_label(None))


def reset(s: Session) -> None:
    """Reset removes the widgets of its scope, and for the server also resets the panel's position."""
    server, mine = s.server.gui, s.client.gui
    shared = s.step("shared folder", lambda: server.add_folder("shared"))
    with shared:
        s.step("shared text", lambda: server.add_text("text", ""))
        s.step("mine in the shared folder", lambda: mine.add_number("number", 1.0))
    own = s.step("my folder", lambda: mine.add_folder("own"))
    with own:
        s.step("mine in my folder", lambda: mine.add_number("number", 2.0))

    def reset_mine() -> None:
        mine.reset()
        s.put_client_marker("A")

    def reset_all() -> None:
        server.reset()
        s.put_marker()

    s.step("mine reset", reset_mine)
    s.step("everybody's reset", reset_all)
    s.join_late("late")


def of_client(s: Session) -> None:
    gui = s.client.gui
    with gui.add_folder("folder"):
        gui.add_text("inside", "")
    s.step("a client's widgets")
    s.step("client's label", lambda: gui.set_panel_label("mine"))
    s.step("client's theme", lambda: gui.configure_theme(dark_mode=True))


SCENARIOS = {
    "gui_defaults": defaults,
    "gui_options": options,
    "gui_precision": precision,
    "gui_setters": setters,
    "gui_folders": folders,
    "gui_panel": panel,
    "gui_reset": reset,
    "gui_client": of_client,
}
