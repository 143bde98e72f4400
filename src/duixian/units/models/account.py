"""People and what they may act as."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext as _

from duixian.units.enums import Role
from duixian.units.models.unit import Government, Unit

if TYPE_CHECKING:
    from duixian.units.models.delegation import Delegation


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by commands; Django's login asks only for the natural key."""


class Account(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Memberships in force, read once a request."""
        return list(self.memberships.filter(ended_at__isnull=True).select_related("government", "unit"))

    @cached_property
    def delegations_in_hand(self) -> list["Delegation"]:
        """Delegations this person holds that were not taken back, of whatever days; read once a request."""
        return list(self.delegations_held.filter(revoked_at__isnull=True).select_related("head"))

    @property
    def audit_id(self) -> str:
        return f"account:{self.pk}"

    @property
    def audit_name(self) -> str:
        return self.name

    @property
    def audit_unit(self) -> str:
        names = [str(m.unit or m.government.office_name) for m in self.current_memberships]
        return "、".join(dict.fromkeys(names))[:200]


class Membership(models.Model):
    """A role held by a person: for a unit (liaison, head) or for a government (all other roles)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    government = models.ForeignKey(Government, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="memberships")
    # 副联络员 (B岗): stands in for the first, and may do the same
    is_deputy = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="unit_roles_have_a_unit",
                condition=models.Q(role__in=[Role.LIAISON, Role.UNIT_HEAD], unit__isnull=False)
                | (~models.Q(role__in=[Role.LIAISON, Role.UNIT_HEAD]) & models.Q(unit__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role_label} {self.unit or self.government}"

    @property
    def role_label(self) -> str:
        """联络员, 副联络员, 单位负责人 ..."""
        return f"{_('副') if self.is_deputy else ''}{self.get_role_display()}"
