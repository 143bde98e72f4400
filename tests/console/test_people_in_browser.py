"""From the return form to the first login, in a real browser; its pages without serious faults on desk and phone."""

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from duixian.units.commands import create_task_force, put_in_charge, receive_return
from duixian.units.enums import LeadershipKind
from tests.cast import FOUNDER, SET_UP
from tests.console.test_accessible import faults_on
from tests.console.test_in_browser import SIZES, sign_in
from tests.factories.play import Stage
from tests.units.returns.forms import filled, person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = filled(
    person("市人社局", "李大伟", "副联络员", phone="13900000001"),
    person("市住建局", "王小明", "单位负责人", post="副局长"),
    person("市住建局", "张三", "看门的"),
)


def test_import_slips_and_first_login(stage: Stage, page: "Page", live_server: "LiveServer") -> None:
    complaints = sign_in(page, live_server, stage.cast.security_admin)
    page.goto(live_server.url + reverse("people-import"))
    file = {"name": "回执.xlsx", "mimeType": "application/octet-stream", "buffer": FORM}
    page.get_by_label("填好的回执表").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="上传并预览").click()
    assert "不认识的角色“看门的”" in page.inner_text("main")
    page.get_by_role("button", name="开设账号并生成账号条").click()
    slips = page.locator(".slips li")
    assert slips.count() == 2
    username, password = slips.first.locator(".key").all_inner_texts()
    assert username == "lidawei"
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", password)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="打印").is_visible()
    assert slips.first.is_visible()
    page.emulate_media(media="screen")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/login/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/password/")
    for number in (0, 1):
        page.locator("input[type=password]").nth(number).fill("自己的-口令-2026")
    page.get_by_role("button", name="保存新密码").click()
    page.wait_for_url(lambda url: "/password/" not in url)
    assert "李大伟" in page.inner_text("header")
    assert complaints == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_serious_fault_and_no_sideways_scrolling(
    size: str, stage: Stage, page: "Page", live_server: "LiveServer"
) -> None:
    cast, labour = stage.cast, stage.cast.labour.unit
    put_in_charge(account=cast.leader, unit=labour, kind=LeadershipKind.IN_CHARGE, actor=FOUNDER, now=SET_UP)
    force = create_task_force(government=cast.city, name="道路专班", units=[labour], actor=FOUNDER, now=SET_UP)
    form = receive_return(government=cast.city, data=FORM, file_name="回执.xlsx", actor=FOUNDER, now=SET_UP)
    pages = {
        cast.office_head: [
            *map(reverse, ("units", "unit-new", "leaders", "forces")),
            reverse("unit", args=[labour.pk]),
            f"{reverse('unit-merge', args=[labour.pk])}?into={cast.building.unit.pk}",
            reverse("force", args=[force.pk]),
        ],
        cast.security_admin: [
            *map(reverse, ("people-import", "accounts")),
            reverse("people-return", args=[form.pk]),
            reverse("account", args=[cast.labour.liaison.pk]),
        ],
    }
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    faults = []
    for who, addresses in pages.items():
        page.context.clear_cookies()
        sign_in(page, live_server, who)
        for path in addresses:
            faults += faults_on(page, live_server.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults += [f"{path} is {wide} wide"] if wide > width else []
    assert not faults, "\n".join(faults)
