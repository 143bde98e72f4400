"""From a kept snapshot to the document: the same snapshot gives the same bytes."""

from duixian.bulletins.content import BulletinContent
from duixian.bulletins.models import Bulletin
from duixian.bulletins.rendering import render_docx


def document_of(bulletin: Bulletin) -> bytes:
    """The .docx of a bulletin as drawn up."""
    return render_docx(BulletinContent.from_dict(bulletin.snapshot))
