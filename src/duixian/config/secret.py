"""The installation's secret key lives in its data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def read_secret_key(data: Path) -> str:
    """The stored key; without a data folder (building static files, checking migrations) one for this process."""
    path = data / "secret_key"
    return path.read_text("ascii").strip() if path.exists() else secrets.token_urlsafe(50)


def ensure_secret_key(data: Path) -> None:
    """Create the key once; an existing key is never replaced, for sessions hang on it."""
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(data / "secret_key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
