"""A unit that a document names and nobody knows: asked about once, never made silently, never made twice."""

import pytest

from duixian.audit.command import InvalidInput, WrongState
from duixian.register.commands import name_import_unit, register_import_units
from duixian.register.models import ImportDraft
from duixian.units.enums import UnitKind
from duixian.units.models import Unit, UnitAlias
from tests.cast import Cast
from tests.factories.importing import put_under_review
from tests.factories.readings import item, reading_of
from tests.register.test_importing import NOW, accept, again


def strangers(cast: Cast) -> ImportDraft:
    return put_under_review(
        cast, reading_of(item("市人力资源局办好就业,市人力局配合。", ["市人力资源局"], cooperating=["市人力局"]))
    )


def test_an_unknown_unit_is_never_made_silently(cast: Cast) -> None:
    draft = strangers(cast)
    units = Unit.objects.count()
    assert list(again(draft).unknown) == ["市人力资源局", "市人力局"]
    with pytest.raises(InvalidInput, match="没有可以采纳的项"):
        accept(draft, cast)
    with pytest.raises(InvalidInput, match="市人力资源局"):
        accept(draft, cast, draft.items.get())
    assert Unit.objects.count() == units


def test_what_a_name_means_is_asked_once_and_kept_as_alias(cast: Cast) -> None:
    draft = strangers(cast)
    labour = cast.labour.unit
    for name in ("市人力资源局", "市人力局"):
        name_import_unit(draft=draft, name=name, unit=labour, actor=cast.office_staff, now=NOW)
    assert set(UnitAlias.objects.filter(unit=labour).values_list("text", flat=True)) == {"市人力资源局", "市人力局"}
    assert accept(draft, cast).made[0].reporting_unit == labour
    # the next document that says so needs no answer
    assert not again(put_under_review(cast, reading_of(item("市人力局再办就业。", ["市人力局"])), year=2028)).unknown


def test_two_names_of_one_new_unit_make_one(cast: Cast) -> None:
    draft = put_under_review(cast, reading_of(item("一事。", ["市市场监管局"]), item("二事。", ["市市场监督管理局"])))
    made = register_import_units(
        draft=draft, names=["市市场监管局", "市市场监督管理局"], actor=cast.office_staff, now=NOW
    )
    assert [u.name for u in made] == ["市市场监管局"]
    with pytest.raises(WrongState, match="已由别人登记"):
        name_import_unit(
            draft=draft, name="市市场监督管理局", kind=UnitKind.DEPARTMENT, actor=cast.office_staff, now=NOW
        )
