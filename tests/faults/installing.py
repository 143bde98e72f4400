"""An installation of its own for a fault: eight units with one task each, their month open. Run as a program with DIR.

python -m tests.faults.installing DIR        builds it, prints the number of units
python -m tests.faults.installing DIR told   prints what it holds, as JSON
"""

import json
import os
import sys
from pathlib import Path

UNITS = 8


def unit_name(number: int) -> str:
    """市甲局 ..."""
    return f"市{'甲乙丙丁戊己庚辛'[number]}局"


def _open(data: Path) -> None:
    import django
    from django.conf import settings

    from duixian.config.secret import ensure_secret_key

    data.mkdir(parents=True, exist_ok=True)
    ensure_secret_key(data)
    os.environ["DUIXIAN_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "duixian.config.settings"
    django.setup()
    # nobody signs in with a password here, and a slow hash of one is what takes the time
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def build(data: Path) -> dict[str, str]:
    """Found the city, its units and people, adopt a list, open the month before this one; username -> session."""
    _open(data)
    from duixian.config.migrating import bring_up_to_date

    bring_up_to_date()
    from duixian.config.clock import now
    from duixian.periods import add_months, month_of, today_in
    from duixian.reporting.commands import open_round, start_plan
    from duixian.units.commands import create_government, create_unit
    from duixian.units.enums import GovernmentLevel, Role
    from tests.cast import FOUNDER
    from tests.factories.readings import item, reading_of

    now = now()
    city = create_government(
        name="云溪市", level=GovernmentLevel.CITY, office_name="云溪市政府督查室", actor=FOUNDER, now=now
    )
    names = [unit_name(number) for number in range(UNITS)]
    units = [create_unit(government=city, name=name, actor=FOUNDER, now=now) for name in names]
    month = add_months(month_of(today_in(now)), -1)
    reading = reading_of(*(item(f"推进{name}作风建设。", [name]) for name in names))
    plan = start_plan(reading=reading, government=city, year=month.year, actor=FOUNDER, now=now).plan
    open_round(plan=plan, month=month, actor=FOUNDER, now=now)
    sessions = {"office": _person("office", Role.OFFICE_STAFF, city, None, now)}
    for number, unit in enumerate(units):
        for name, role in (("liaison", Role.LIAISON), ("head", Role.UNIT_HEAD)):
            sessions[f"{name}{number}"] = _person(f"{name}{number}", role, city, unit, now)
    return sessions


def _person(username: str, role: object, government: object, unit: object, now: object) -> str:
    """An account with its role, signed in; returns the session's key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from duixian.units.commands import appoint, create_account
    from tests.cast import FOUNDER

    account = create_account(
        username=username,
        name=username,
        password="断电-口令-2026",
        government=government,  # type: ignore[arg-type]
        must_change_password=False,
        actor=FOUNDER,
        now=now,  # type: ignore[arg-type]
    )
    appoint(account=account, role=role, government=government, unit=unit, actor=FOUNDER, now=now)  # type: ignore[arg-type]
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def told(data: Path) -> dict[str, object]:
    """What a person would find after the fault: the words of every version, and how the trail stands beside them."""
    _open(data)
    from duixian.audit.models import AuditEntry
    from duixian.audit.trail import verify
    from duixian.reporting.models import Report, ReportVersion

    versions = ReportVersion.objects.order_by("report", "number")
    return {
        "versions": [[v.report_id, v.number, v.content["account"]] for v in versions],
        "accounts": list(Report.objects.values_list("account", flat=True)),
        "signed": AuditEntry.objects.filter(action="sign_off_report").count(),
        "broken": verify().broken_number,
        "entries": AuditEntry.objects.count(),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["told"]:
        print(json.dumps(told(folder), ensure_ascii=False))
    else:
        print(json.dumps(build(folder)))
