"""Printed pages into text: characters by their places become lines, columns, tables and paragraphs.

PDF, OFD and recognised images all arrive here as `Page`s; `assemble` makes the document of them.
"""

from .assemble import assemble
from .model import Box, Fragment, Page, Rule

__all__ = ["Box", "Fragment", "Page", "Rule", "assemble"]
