"""Pictures of pages: .png, .jpg, .tif (also of several pages), .bmp."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import MissingSupportError, TooLargeError
from ..source import Source
from .guard import broken
from .printed import Page, assemble

#: More than an A2 sheet at 300 dots an inch.
MAX_PIXELS = 60_000_000
MAX_FRAMES = 60


def load(data: bytes, name: str) -> Source:
    """A picture's words as a source, in reading order."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise MissingSupportError(f"读图片需要 pillow:{name}。请安装:pip install 'duixian[ocr]'。") from error
    Image.MAX_IMAGE_PIXELS = None  # our own limit speaks to people
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as picture:
            pages = list(_pages(picture, name))
    except TooLargeError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise broken(name, "图像解不开") from error
    return assemble(pages, name)


def _pages(picture: Any, name: str) -> Iterator[Page]:
    import numpy as np
    from PIL import ImageOps, ImageSequence

    from .ocr import recognise

    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        width, height = frame.size
        if width * height > MAX_PIXELS:
            raise TooLargeError(
                f"图片过大:{name} 有 {width}×{height} 像素,上限 {MAX_PIXELS // 10_000} 万像素。请缩小或分块后再读。"
            )
        if number >= MAX_FRAMES:
            raise TooLargeError(f"图片页数过多:{name} 超过 {MAX_FRAMES} 页。请拆分后再读。")
        whole = ImageOps.exif_transpose(frame)
        if whole.mode in ("RGBA", "LA", "P"):
            from PIL import Image

            whole = whole.convert("RGBA")
            whole = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole)
        yield recognise(np.asarray(whole.convert("RGB"))[:, :, ::-1].copy(), name)
