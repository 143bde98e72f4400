"""What a password must be, said in Chinese also where Django's own catalogue is silent."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LengthValidator(MinimumLengthValidator):
    """At least `min_length` characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a shorter one."""
        if len(password) < self.min_length:
            raise ValidationError(f"密码太短，至少{self.min_length}个字符。", code="password_too_short")

    def get_help_text(self) -> str:
        """One line for the form."""
        return f"密码至少{self.min_length}个字符。"


class NotTheSameValidator:
    """A given password that must be changed is not changed by giving it again."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where it is the account's present one."""
        if user is not None and user.pk is not None and user.check_password(password):
            raise ValidationError("新密码与现在的相同，请换一个。", code="password_unchanged")

    def get_help_text(self) -> str:
        """One line for the form."""
        return "新密码不能与现在的相同。"
