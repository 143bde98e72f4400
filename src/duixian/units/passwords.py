"""What a password must be, said in Chinese also where Django's own catalogue is silent."""

import secrets
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

# no signs that are taken for one another on paper: 0 O, 1 l I
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4
# a random password of 59 bits is not guessed from its hash at any speed; at the first login Django hashes it anew
ROUNDS_FOR_RANDOM = 20_000


def random_password() -> str:
    """A first password for an account slip: three groups of four, easy to copy from paper (59 bits)."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def hashed(password: str, *, is_random: bool = False) -> str:
    """The password as it is kept. A hundred random ones at once take seconds, not a minute."""
    hasher = get_hasher()
    if is_random and isinstance(hasher, PBKDF2PasswordHasher):
        rounds = min(ROUNDS_FOR_RANDOM, hasher.iterations)
        return str(hasher.encode(password, hasher.salt(), iterations=rounds))
    return make_password(password)


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
