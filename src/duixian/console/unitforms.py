"""Forms of the pages about units, leaders and task forces. What is allowed is the commands' to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duixian.units.enums import LeadershipKind, Role, UnitKind
from duixian.units.models import Account, Government, Membership, TaskForce, Unit
from duixian.units.rules import people_administered


def _units(government: Government) -> Any:
    return Unit.objects.filter(government=government, is_active=True)


def _people(government: Government) -> Any:
    working = {"memberships__government": government, "memberships__ended_at": None, "is_active": True}
    return Account.objects.filter(**working).distinct()


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=_("单位名称（平时的简称）"), max_length=60)
    full_name = forms.CharField(label=_("全称"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(label=_("上级单位"), queryset=Unit.objects.none(), required=False)
    aliases = forms.CharField(label=_("其他名称（顿号隔开）"), max_length=300, required=False)

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = _units(government)  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Kind and place of a unit."""

    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(label=_("上级单位"), queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": unit.kind, "parent": unit.parent_id}
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = _units(unit.government).exclude(pk=unit.pk)  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("新名称"), max_length=60)
    full_name = forms.CharField(label=_("新全称"), max_length=60, required=False)
    from_on = forms.DateField(
        label=_("启用日期（不填为今天）"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AliasForm(forms.Form):
    """One more name."""

    text = forms.CharField(label=_("别名"), max_length=60)


class MergeForm(forms.Form):
    """The unit that takes over."""

    into = forms.ModelChoiceField(label=_("并入"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = _units(unit.government).exclude(pk=unit.pk)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who takes a role over."""

    to = forms.ModelChoiceField(label=_("接手的人"), queryset=Account.objects.none())

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_administered(government).filter(is_active=True)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class LeadershipForm(forms.Form):
    """A leader and a unit."""

    account = forms.ModelChoiceField(label=_("领导"), queryset=Account.objects.none())
    kind = forms.ChoiceField(label=_("方式"), choices=LeadershipKind.choices)
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = _people(government).filter(memberships__role=Role.LEADER)
        self.fields["account"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["unit"].queryset = _units(government)  # type: ignore[attr-defined]


class TaskForceForm(forms.Form):
    """A task force with its members; its tasks by their numbers."""

    name = forms.CharField(label=_("专班名称"), max_length=60)
    purpose = forms.CharField(label=_("职责"), max_length=300, required=False)
    chief = forms.ModelChoiceField(label=_("召集人"), queryset=Account.objects.none(), required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("成员单位"), queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.ModelMultipleChoiceField(
        label=_("成员"), queryset=Account.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, government: Government, force: TaskForce | None = None, **kwargs: Any) -> None:
        if force is not None:
            kwargs["initial"] = {
                "name": force.name,
                "purpose": force.purpose,
                "chief": force.chief_id,
                "units": [unit.pk for unit in force.units.all()],
                "people": [person.pk for person in force.people.all()],
            }
        super().__init__(*args, **kwargs)
        for name, rows in (("chief", _people), ("units", _units), ("people", _people)):
            self.fields[name].queryset = rows(government)  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """What is known of a person."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)


class LockForm(forms.Form):
    """Why an account is locked."""

    reason = forms.CharField(label=_("锁定原因"), max_length=100)


class ReturnForm(forms.Form):
    """A filled-in return form."""

    file = forms.FileField(
        label=_("填好的回执表（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )


def _colleagues(units: list[Unit]) -> set[int]:
    """Everybody of these units but their heads, who sign anyway."""
    held = Membership.objects.filter(unit__in=units, ended_at=None)
    heads = held.filter(role=Role.UNIT_HEAD).values_list("account", flat=True)
    return set(held.values_list("account", flat=True)) - set(heads)


class DelegationForm(forms.Form):
    """Who signs for a unit, from when to when, and why."""

    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())
    deputy = forms.ModelChoiceField(label=_("代签人（本单位的人）"), queryset=Account.objects.none())
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until_on = forms.DateField(
        label=_("到哪天止（含当天）"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.filter(pk__in=_colleagues(units), is_active=True)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[u.pk for u in units])  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0].pk
            self.fields["unit"].widget = forms.HiddenInput()
