"""Run one scenario against the real viser and print its record, one step per line.

    python record.py SCENARIO
    python record.py --list
"""

from __future__ import annotations

import os
import sys
import warnings

import scenarios_client
import scenarios_containers
import scenarios_drags
import scenarios_gui
import scenarios_lights
import scenarios_models
import scenarios_parts
import scenarios_plots
import scenarios_scene
import scenarios_shapes
import scenarios_splats
import scenarios_widgets
import scenarios_wire
from session import Session

SCENARIOS = {
    **scenarios_models.SCENARIOS,
    **scenarios_scene.SCENARIOS,
    **scenarios_shapes.SCENARIOS,
    **scenarios_splats.SCENARIOS,
    **scenarios_parts.SCENARIOS,
    **scenarios_lights.SCENARIOS,
    **scenarios_drags.SCENARIOS,
    **scenarios_gui.SCENARIOS,
    **scenarios_containers.SCENARIOS,
    **scenarios_client.SCENARIOS,
    **scenarios_plots.SCENARIOS,
    **scenarios_widgets.SCENARIOS,
    **scenarios_wire.SCENARIOS,
}


def main() -> None:
    warnings.simplefilter("ignore")
    if sys.argv[1:] == ["--list"]:
        print("\n".join(SCENARIOS))
        return
    (name,) = sys.argv[1:]
    # viser prints to stdout, which is only for the record.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    label = "a label" if name == "first_frames_label" else None
    session = Session(out, label=label)
    session.start()
    session.step("markers up")
    SCENARIOS[name](session)
    session.close()
    out.flush()
    # Exit handlers wait up to six seconds for viser's threads.
    os._exit(0)


if __name__ == "__main__":
    main()
