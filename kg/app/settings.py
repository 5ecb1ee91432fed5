"""Where the app's store is."""

from __future__ import annotations

import os
from pathlib import Path

STORE_VARIABLE = "CLAIMTRACK_STORE"
"""Environment variable with the store's directory; ``store`` in the working directory if not set."""


def store_path() -> Path:
    """Return the directory of the store that the app shows."""
    return Path(os.environ.get(STORE_VARIABLE, "store"))
