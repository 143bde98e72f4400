"""The folder with real documents and hand-made gold, which lies beside the repository and is no part of it.

Tests that read it carry `needs_shared`. DUIXIAN_SHARED names another place; without the folder they are skipped, or
fail when DUIXIAN_STRICT=1.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = (ROOT / os.environ.get("DUIXIAN_SHARED", "../shared")).resolve()

needs_shared = pytest.mark.shared
