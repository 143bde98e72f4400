"""What a return form does: units, people, leaders' fields; by whom; and nothing the second time."""

import pytest

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.audit.models import AuditEntry
from duixian.units.commands import apply_return, close_return, deactivate_unit, lock_account, receive_return
from duixian.units.enums import LeadershipKind, Role, UnitKind
from duixian.units.models import Account, Government, Leadership, Membership, PeopleReturn, Unit
from duixian.units.queries import directory_of
from duixian.units.returns import Intake, ReturnLine, plan_return
from tests.cast import FOUNDER, SET_UP, Cast, at
from tests.units.returns.forms import filled, person

NOW = at(1, 6)


def received(government: Government, *lines: dict[str, str]) -> PeopleReturn:
    return receive_return(government=government, data=filled(*lines), file_name="回执.xlsx", actor=FOUNDER, now=NOW)


def planned(people_return: PeopleReturn) -> Intake:
    return plan_return(people_return.government, [ReturnLine.of(data) for data in people_return.lines])


def refusals(cast: Cast, *lines: dict[str, str]) -> list[tuple[str, str]]:
    return [(r.cell, r.message) for r in planned(received(cast.city, *lines)).refused]


FORM = (
    person("市数据局", "王小明", full_name="云溪市数据局", aliases="市大数据局", post="科长", phone="13900000001"),
    person("市数据局", "李大伟", "单位负责人", parent="市发改委"),
    person("云溪市数据局", "王小明", "副联络员", phone="13900000001"),
    person("市大数据局", "张伟", "副联络员"),
    person("市规自局", "张伟"),
    person("市规划和自然资源局", "赵敏", "单位负责人"),
    {"unit": "城投公司", "parent": "市数据局"},
    person("市政府办公室", "钱市长", "领导", fields="市数据局、市人社局", sponsors="云东区", since="2026.1.5"),
)


def test_a_form_founds_units_people_and_fields_at_once(cast: Cast) -> None:
    before = Unit.objects.count()
    applied = apply_return(people_return=received(cast.city, *FORM), actor=FOUNDER, now=NOW)
    directory = directory_of(cast.city)
    data = directory.find("云溪市数据局")
    assert isinstance(data, Unit)
    assert (data.name, data.parent, directory.find("市大数据局")) == ("市数据局", cast.units["市发改委"], data)
    company = directory.find("城投公司")
    assert isinstance(company, Unit)
    assert (company.kind, company.parent) == (UnitKind.ENTERPRISE, data)
    assert directory.find("市规划和自然资源局") == directory.find("市规自局")
    assert Unit.objects.count() == before + 4
    roles = Membership.objects.filter(account__username__in=["wangxiaoming", "lidawei", "zhangwei", "zhangwei2"])
    assert [(m.account.username, str(m.unit), m.role, m.is_deputy) for m in roles] == [
        ("wangxiaoming", "市数据局", Role.LIAISON, False),
        ("lidawei", "市数据局", Role.UNIT_HEAD, False),
        ("zhangwei", "市数据局", Role.LIAISON, True),
        ("zhangwei2", "市规自局", Role.LIAISON, False),
    ]
    fields = Leadership.objects.filter(account__username="qianshizhang").order_by("unit__name")
    assert {(f.unit.name, f.kind, str(f.from_on)) for f in fields} == {
        ("市数据局", LeadershipKind.IN_CHARGE, "2026-01-05"),
        ("市人社局", LeadershipKind.IN_CHARGE, "2026-01-05"),
        ("云东区政府", LeadershipKind.SPONSOR, "2026-01-05"),
    }
    assert (applied.units, applied.people, applied.fields) == (4, 6, 3)
    assert len(applied.slips) == 6


def test_the_second_time_nothing_changes(cast: Cast) -> None:
    apply_return(people_return=received(cast.city, *FORM), actor=FOUNDER, now=NOW)
    again = received(cast.city, *FORM)
    assert planned(again).is_done
    counts = [model.objects.count() for model in (Unit, Account, Membership, Leadership)]
    applied = apply_return(people_return=again, actor=FOUNDER, now=NOW)
    assert (applied.units, applied.people, applied.fields, applied.slips) == (0, 0, 0, [])
    assert [model.objects.count() for model in (Unit, Account, Membership, Leadership)] == counts


def test_units_are_the_offices_and_accounts_the_security_administrators(cast: Cast) -> None:
    form = received(cast.city, *FORM)
    accounts = Account.objects.count()
    first = apply_return(people_return=form, actor=cast.security_admin, now=NOW)
    assert (first.units, first.people) == (0, 1)  # only the leader stands for no new unit
    second = apply_return(people_return=form, actor=cast.office_staff, now=NOW)
    assert (second.units, second.people, second.fields, second.slips) == (4, 0, 3, [])
    assert Account.objects.count() == accounts + 1
    third = apply_return(people_return=form, actor=cast.security_admin, now=NOW)
    assert (third.units, third.people, len(third.slips)) == (0, 5, 5)
    assert planned(form).is_done
    for nobody in (cast.leader, cast.auditor, cast.labour.head, cast.outsider):
        with pytest.raises(NotAllowed):
            apply_return(people_return=form, actor=nobody, now=NOW)


def test_passwords_stand_on_the_slips_alone(cast: Cast) -> None:
    applied = apply_return(people_return=received(cast.city, *FORM), actor=FOUNDER, now=NOW)
    assert len({slip.password for slip in applied.slips}) == 6
    trail = " ".join(entry.after for entry in AuditEntry.objects.all())
    for slip in applied.slips:
        kept = Account.objects.get(pk=slip.account.pk)
        assert kept.check_password(slip.password)
        assert kept.must_change_password
        assert slip.password not in trail
        assert slip.password not in str(PeopleReturn.objects.values_list("lines", flat=True))


def test_a_known_person_is_mended_and_gets_the_new_role(cast: Cast) -> None:
    form = received(
        cast.city, person("市人社局", "labour-liaison", "单位负责人", post="副局长", username="labour-liaison")
    )
    [change] = planned(form).people
    assert (change.is_new, change.words) == (False, "任市人社局单位负责人，职务未填 → 副局长")
    apply_return(people_return=form, actor=cast.security_admin, now=NOW)
    known = Account.objects.get(username="labour-liaison")
    assert (known.post, known.memberships.count()) == ("副局长", 2)


def test_a_new_spelling_of_a_known_unit_is_told_as_one_more_name(cast: Cast) -> None:
    form = received(cast.city, person("市就业服务局", "甲某", full_name="云溪市人社局"))
    assert [(u.name, u.is_new, u.words) for u in planned(form).units] == [
        ("市人社局", False, "增加名称“市就业服务局”，增加名称“云溪市人社局”")
    ]
    apply_return(people_return=form, actor=FOUNDER, now=NOW)
    assert directory_of(cast.city).find("市就业服务局") == cast.labour.unit


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (person("各县区政府", "甲某"), "A6", "统称"),
        (person("市新局", "甲某", parent="市新局"), "E6", "不能作它的上级单位"),
        (person("市新局", "甲某", parent="没有的局"), "E6", "没有登记"),
        (person("市人社局", "甲某", aliases="市住建局"), "C6", "已是市住建局的名称"),
        (person("市人社局", "甲某", username="office"), "J6", "已有人使用"),
        (person("市人社局", "auditor", username="auditor"), "H6", "专人担任"),
        (person("市人社局", "甲某", fields="市住建局"), "K6", "只填领导的"),
        (person("市政府", "钱市长", "领导", fields="没有的局"), "K6", "没有登记"),
    ],
)
def test_what_cannot_be_is_refused_by_its_cell(cast: Cast, line: dict[str, str], cell: str, words: str) -> None:
    found = refusals(cast, line)
    assert [at for at, _message in found] == [cell]
    assert words in found[0][1]


def test_a_ring_of_new_units_is_refused(cast: Cast) -> None:
    lines = [{"unit": f"市{a}局", "parent": f"市{b}局"} for a, b in ("甲乙", "乙丙", "丙甲")]
    assert [cell for cell, _words in refusals(cast, *lines)] == ["E8"]
    apply_return(people_return=received(cast.city, *lines), actor=FOUNDER, now=NOW)
    assert {str(u): str(u.parent) for u in Unit.objects.filter(name__in=["市甲局", "市乙局", "市丙局"])} == {
        "市甲局": "市乙局",
        "市乙局": "市丙局",
        "市丙局": "None",
    }


def test_units_out_of_use_and_locked_accounts_are_not_woken(cast: Cast) -> None:
    deactivate_unit(unit=cast.units["市生态环境局"], actor=FOUNDER, now=SET_UP)
    lock_account(account=cast.labour.liaison, reason="调离", actor=FOUNDER, now=SET_UP)
    found = refusals(cast, person("市生态环境局", "甲某"), person("市人社局", "labour-liaison"))
    assert [(cell, "停用" in words or "锁定" in words) for cell, words in found] == [("A6", True), ("F7", True)]


def test_one_refusal_of_a_command_undoes_everything(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    form = received(cast.city, *FORM)

    def refuse(**_arguments: object) -> None:
        raise InvalidInput("被拒")

    monkeypatch.setattr("duixian.units.commands.intake.put_in_charge", refuse)
    counts = [model.objects.count() for model in (Unit, Account, Membership)]
    with pytest.raises(InvalidInput):
        apply_return(people_return=form, actor=FOUNDER, now=NOW)
    assert [model.objects.count() for model in (Unit, Account, Membership)] == counts


def test_a_form_put_away_keeps_no_names(cast: Cast) -> None:
    form = close_return(people_return=received(cast.city, *FORM), actor=cast.office_staff, now=NOW)
    assert (form.lines, form.notes) == ([], [])
    for act in (apply_return, close_return):
        with pytest.raises(WrongState):
            act(people_return=form, actor=FOUNDER, now=NOW)


def test_only_the_system_gives_everybody_one_password(cast: Cast) -> None:
    form = received(cast.city, person("市人社局", "甲某"))
    with pytest.raises(NotAllowed):
        apply_return(people_return=form, actor=cast.security_admin, now=NOW, password="duixian-demo")
    apply_return(people_return=form, actor=FOUNDER, now=NOW, password="duixian-demo")
    kept = Account.objects.get(username="jiamou")
    assert kept.check_password("duixian-demo")
    assert not kept.must_change_password


def test_a_file_that_is_no_form_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="不是 Excel"):
        receive_return(government=cast.city, data=b"x", file_name="x.xlsx", actor=cast.office_staff, now=NOW)
    assert not PeopleReturn.objects.exists()
