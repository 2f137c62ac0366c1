"""Print the directory of the wheel's built web client."""

from pathlib import Path

import viser

print(Path(viser.__file__).parent / "client" / "build")
