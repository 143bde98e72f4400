"""What people write into the register."""

from decimal import Decimal

from duixian.audit.command import InvalidInput

LONGEST_REASON = 500


def require_reason(text: str, field: str = "note") -> None:
    """Raise InvalidInput for a blank or an endless reason."""
    if not text.strip():
        raise InvalidInput("请写明理由。", {field: "必填"})
    if len(text) > LONGEST_REASON:
        raise InvalidInput(f"理由最多{LONGEST_REASON}字，现有{len(text)}字，请写短些。", {field: "过长"})


def check_remark(text: str, field: str = "note") -> None:
    """Raise InvalidInput for an endless remark; it may be blank."""
    if text.strip():
        require_reason(text, field)


def plain(value: Decimal) -> str:
    """A figure without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
