"""The first acts in a new installation."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput
from duixian.units.commands import appoint, create_account, create_government
from duixian.units.enums import GovernmentLevel, Role
from duixian.units.models import Government


@transaction.atomic
def found_installation(
    *, government: str, office: str, username: str, password: str, actor: Actor, now: datetime
) -> Government:
    """Found the government and its first security administrator, who opens all other accounts. Whole or not at all."""
    if Government.objects.exists():
        raise InvalidInput("这里已经装好了，不能重复初始化。")
    try:
        validate_password(password)
    except ValidationError as error:
        raise InvalidInput("密码不合要求：" + "；".join(error.messages)) from error
    founded = create_government(name=government, level=_level_of(government), office_name=office, actor=actor, now=now)
    account = create_account(
        username=username,
        name="安全管理员",
        password=password,
        government=founded,
        actor=actor,
        now=now,
        must_change_password=False,
    )
    appoint(account=account, role=Role.SECURITY_ADMIN, government=founded, actor=actor, now=now)
    return founded


def _level_of(name: str) -> GovernmentLevel:
    if name.endswith(("省", "自治区")):
        return GovernmentLevel.PROVINCE
    return GovernmentLevel.COUNTY if name.endswith(("县", "区", "旗")) else GovernmentLevel.CITY
