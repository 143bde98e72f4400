"""What stands in for official faces that are not installed, told to fontconfig for one conversion."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from duixian.bulletins.rendering.looks import Font, fonts

_HEAD = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
"""


def write_fontconfig(folder: Path) -> Path:
    """A configuration that adds the substitutes of fonts.toml to the system's own. Returns the file written."""
    path = folder / "fonts.conf"
    rules = "\n".join(_alias(font) for font in fonts().values())
    path.write_text(f"{_HEAD}{rules}\n</fontconfig>\n", encoding="utf-8")
    return path


def _alias(font: Font) -> str:
    families = "".join(f"<string>{escape(name)}</string>" for name in font.fallback)
    weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if font.bold else ""
    return (
        f'<match target="pattern"><test name="family"><string>{escape(font.name)}</string></test>'
        f'<edit name="family" mode="append" binding="strong">{families}</edit>{weight}</match>'
    )
