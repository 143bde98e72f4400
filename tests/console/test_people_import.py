"""人员导入: a form is handed in, looked at, applied by whoever may, and its slips are shown once."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from duixian.units.commands import receive_return
from duixian.units.models import Account, PeopleReturn, Unit
from tests.cast import FOUNDER, PASSWORD, SET_UP
from tests.console.conftest import Visit
from tests.console.test_register import queries
from tests.factories.play import Stage
from tests.units.returns.forms import filled, person

FORM = (person("市数据局", "王小明"), person("市人社局", "李大伟", "副联络员"), person("市住建局", "张三", "看门的"))


def handed_in(window: Client, data: bytes, name: str = "回执.xlsx") -> str:
    """The address of what a form would do."""
    return str(window.post(reverse("people-import"), {"file": SimpleUploadedFile(name, data)})["Location"])


def slips(page: str) -> dict[str, str]:
    """Username -> password, as printed."""
    keys = re.findall(r'<dd class="key">([^<]+)</dd>', page)
    return dict(zip(keys[::2], keys[1::2], strict=True))


def test_the_blank_form_is_a_workbook_with_lists(stage: Stage, visit: Visit) -> None:
    response = visit(stage.cast.office_staff).get(reverse("people-template"))
    page = load_workbook(io.BytesIO(response.content)).worksheets[0]
    offered = [str(rule.formula1) for rule in page.data_validations.dataValidation]
    assert any("副联络员" in choices for choices in offered)
    assert "attachment" in response["Content-Disposition"]


def test_from_the_form_to_the_first_login(stage: Stage, visit: Visit) -> None:
    office, security = visit(stage.cast.office_staff), visit(stage.cast.security_admin)
    url = handed_in(office, filled(*FORM))
    preview = office.get(url).content.decode()
    for words in ("市数据局", "H8", "看门的", "登记单位和领导分工"):
        assert words in preview
    assert not Unit.objects.filter(name="市数据局").exists()
    assert office.post(url, {"act": "apply"}).status_code == 302
    assert Unit.objects.filter(name="市数据局").exists()
    printed = security.post(url, {"act": "apply"})
    given = slips(printed.content.decode())
    assert set(given) == {"wangxiaoming", "lidawei"}
    assert "no-store" in printed["Cache-Control"]
    again = security.post(url, {"act": "apply"})
    assert again.status_code == 302
    assert "都已登记" in security.get(url).content.decode()
    newcomer = Client()
    newcomer.post(reverse("login"), {"username": "wangxiaoming", "password": given["wangxiaoming"]})
    assert newcomer.get(reverse("register"))["Location"] == reverse("change-password")


def test_a_form_of_another_government_is_not_found(stage: Stage, visit: Visit) -> None:
    url = handed_in(visit(stage.cast.office_staff), filled(*FORM))
    for who in ("outsider", "leader", "auditor", "liaison"):
        window = visit(stage.cast.everybody[who])
        assert window.get(url).status_code == 404
        assert window.post(url, {"act": "apply"}).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"not a workbook", "回执.xlsx", "不是 Excel 表格"),
        (b"x" * (5 * 1024 * 1024 + 1), "回执.xlsx", "文件过大"),
        (filled(), "回执.xlsx", "没有填写"),
    ],
)
def test_what_is_no_form_is_told(data: bytes, name: str, words: str, stage: Stage, visit: Visit) -> None:
    window = visit(stage.cast.office_staff)
    refused = window.post(reverse("people-import"), {"file": SimpleUploadedFile(name, data)})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not PeopleReturn.objects.exists()


def test_slips_are_made_anew_for_the_people_ticked(stage: Stage, visit: Visit) -> None:
    security, someone = visit(stage.cast.security_admin), stage.cast.labour.liaison
    printed = security.post(reverse("slips"), {"account": [someone.pk]})
    given = slips(printed.content.decode())
    assert Client().login(username=someone.username, password=given[someone.username])
    assert not Client().login(username=someone.username, password=PASSWORD)
    nobody = security.post(reverse("slips"), {"account": ["x"]}, follow=True)
    assert "没有选人" in nobody.content.decode()
    others = security.post(reverse("slips"), {"account": [stage.cast.outsider.pk]}, follow=True)
    assert "没有办理此事的权限" in others.content.decode()
    assert visit(stage.cast.system_admin).post(reverse("slips"), {"account": [someone.pk]}).status_code == 404


def test_an_account_is_mended_locked_handed_over(stage: Stage, visit: Visit) -> None:
    security, someone = visit(stage.cast.security_admin), stage.cast.labour.liaison
    url = reverse("account", args=[someone.pk])
    security.post(url, {"act": "person", "name": "新名字", "post": "科长", "phone": "13900000001"})
    membership = someone.memberships.get()
    assert security.post(url, {"act": "hand-over", "membership": membership.pk, "to": ""}).status_code == 422
    to = stage.cast.building.liaison
    security.post(url, {"act": "hand-over", "membership": membership.pk, "to": to.pk})
    assert to.memberships.filter(unit=stage.cast.labour.unit, ended_at=None).exists()
    assert security.post(url, {"act": "lock", "reason": ""}).status_code == 422
    security.post(url, {"act": "lock", "reason": "调离"})
    kept = Account.objects.get(pk=someone.pk)
    assert (kept.name, kept.post, kept.is_active) == ("新名字", "科长", False)
    security.post(url, {"act": "unlock"})
    assert Account.objects.get(pk=someone.pk).is_active
    assert security.post(url, {"act": "nonsense"}).status_code == 404


def test_queries_of_a_form_do_not_grow(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_head)

    def cost(count: int) -> int:
        lines = [person(f"市第{n}局", f"甲{n}") for n in range(count)]
        lines += [person("市人社局", "labour-liaison", post="科长")] * count
        form = receive_return(
            government=stage.cast.city, data=filled(*lines), file_name="回执.xlsx", actor=FOUNDER, now=SET_UP
        )
        return queries(lambda: office.get(reverse("people-return", args=[form.pk])))

    assert cost(3) == cost(1)
