"""Run scenarios against the real viser, with viewers behind a relay, and print their records.

    python relayed.py

Reads lines of standard input. For each scenario: reads its name, prints {"port": …} of the server, reads the port of the relay, prints the record as record.py does,
{"end": true}, and waits for one more line before it closes the viewers and the server.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import warnings

import viser.infra._infra as infra
from record import SCENARIOS
from session import Session

OTHERS = 3
"""The connections before the first viewer: of the relay, and of another one with a page that connects early."""

infra.ClientId = lambda n: n - OTHERS  # so that viewers have the ids that they have without a relay


def main() -> None:
    warnings.simplefilter("ignore")
    # viser prints to stdout, which is only for the records.
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def relayed(port: int) -> int:
        out.write(json.dumps({"port": port}) + "\n")
        return int(sys.stdin.readline())

    for line in iter(sys.stdin.readline, ""):
        name = line.strip()
        label = "a label" if name == "first_frames_label" else None
        session = Session(out, label=label, relayed=relayed)
        try:
            session.start()
            session.step("markers up")
            SCENARIOS[name](session)
            out.write(json.dumps({"end": True}) + "\n")
        except Exception as e:
            out.write(json.dumps({"failed": repr(e)}) + "\n")
        sys.stdin.readline()
        session.close()
        # It waits for threads, up to a second; the next scenario has a server of its own.
        threading.Thread(target=session.server.stop, daemon=True).start()
    out.flush()
    # Exit handlers wait up to six seconds for viser's threads.
    os._exit(0)


if __name__ == "__main__":
    main()
