"""Measures of the page in twips (1/20 pt) unless the name says otherwise. Source: GB/T 9704-2012, 5.1-5.2, 7.4, 7.5."""

from __future__ import annotations

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1588
HEADER, FOOTER = 851, 1447
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT
"""156 mm: 版心 and every table."""

LINE_PITCH = 579
CHAR_SPACE = -849
"""docGrid's charSpace: the excess over 16 pt that makes 28 characters fill the type area, in 1/4096 pt."""

FULL_CHAR = 314
"""Advance of a full-width character of 16 pt with the -0.3 pt of the grid."""
HALF_CHAR = 156
"""The same for a digit, as the 仿宋 faces have it."""

PAGE_NUMBER_INDENT = 280
"""一字 of 14 pt: odd pages from the right, even pages from the left."""

SEALED_DATE_INDENT = 1264
"""右空四字."""
UNSEALED_INDENT = 632
"""右空二字."""

RULE_THIN, RULE_TABLE, RULE_MIDDLE, RULE_THICK = 4, 4, 6, 8
"""Border weights in eighths of a point."""
