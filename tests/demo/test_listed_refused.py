"""Lists that cannot be shown alive are refused in one clear line."""

from datetime import date

import pytest

from duixian.demo.errors import DemoError
from duixian.demo.listed import build_listed
from duixian.reading import read_text

from .building import silent
from .test_listed import small_list

pytestmark = pytest.mark.django_db


def test_a_month_before_the_list_was_out_is_refused() -> None:
    with pytest.raises(DemoError, match="2026-02-11才印发"):
        build_listed(small_list(), 2026, date(2026, 1, 1), silent)


def test_a_document_without_leads_is_refused() -> None:
    article = read_text("2026年，全市新增就业4.3万人，新建农村公路850公里。\n", year=2026, name="报告")
    with pytest.raises(DemoError, match="牵头单位"):
        build_listed(article, 2026, date(2026, 2, 1), silent)
