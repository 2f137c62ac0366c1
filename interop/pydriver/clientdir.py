"""Print where the wheel's built web client is."""

from pathlib import Path

import viser

print(Path(viser.__file__).parent / "client" / "build")
