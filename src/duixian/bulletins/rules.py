"""Who may draw up and read bulletins."""

from django.db.models import QuerySet

from duixian.audit.actors import Actor
from duixian.bulletins.models import Bulletin
from duixian.register.models import Plan
from duixian.units.models import Account
from duixian.units.rules import is_office, may_see_everything


def may_draw_up(actor: Actor, plan: Plan) -> bool:
    """The office."""
    return is_office(actor, plan.government)


def bulletins_visible_to(account: Account) -> QuerySet[Bulletin]:
    """A draft speaks of every unit: only those who see the whole register see it."""
    return Bulletin.objects.filter(plan__government__in=may_see_everything(account)).select_related("plan__government")
