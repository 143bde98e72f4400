"""The wheel must carry its static files: whoever installs it has no npm and runs no collectstatic.

They are not committed, so `make wheel` builds them first; a build without them stops here.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StaticFilesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Refuses to build a distribution without static files; an editable install needs none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises RuntimeError when the manifest that collectstatic writes is not there."""
        manifest = Path(self.root) / "src/duixian/staticfiles/staticfiles.json"
        if version != "editable" and not manifest.is_file():
            raise RuntimeError(f"没有找到 {manifest}:静态文件尚未构建。请用 make wheel 打包。")
