"""What people write beside figures: how long it may be, and what no database or document can hold."""

import re

from duixian.audit.command import InvalidInput

LONGEST_TEXT = 4000
LONGEST_NOTE = 500
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_fault(text: str, longest: int = LONGEST_TEXT) -> str:
    """What is wrong with it, in words; empty where nothing is."""
    if len(text) > longest:
        return f"最多{longest}字，现有{len(text)}字。"
    return "含有看不见的控制字符，请删去或重新输入。" if UNSEEN.search(text) else ""


def require_note(note: str, *, seen_by: str) -> None:
    """Raise InvalidInput unless a reason is given, short enough to be read."""
    if not note.strip():
        raise InvalidInput(f"请写明退回的理由，{seen_by}看得到。", {"note": "必填"})
    fault = text_fault(note, LONGEST_NOTE)
    if fault:
        raise InvalidInput(f"退回的理由{fault}", {"note": fault})


def require_words(text: str, what: str, *, seen_by: str) -> None:
    """Raise InvalidInput unless `what` (更正的理由) is written, short enough to be read."""
    if not text.strip():
        raise InvalidInput(f"请写明{what}，{seen_by}看得到。", {"words": "必填"})
    fault = text_fault(text, LONGEST_NOTE)
    if fault:
        raise InvalidInput(f"{what}{fault}", {"words": fault})
