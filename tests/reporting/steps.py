"""What several tests of the stocktake do or ask in the same way."""

from duixian.reporting.commands import approve_report
from duixian.reporting.commands.submit import send_up_report, sign_off_report
from duixian.reporting.models import Report
from tests.factories.play import Stage, after, content_for


def stands(stage: Stage, name: str) -> tuple[str, str]:
    task = stage.task(name)
    return task.grade, task.light


def sign_again(stage: Stage, report: Report, value: str | None, **more: object) -> Report:
    """A report that came back, mended and approved."""
    task, crew, now = report.task, stage.cast.crew(report.unit), after(report.round.month, 9)
    report = stage.save(report.round, task, content_for(task, value, **more), revision=report.revision)  # type: ignore[arg-type]
    report = sign_off_report(
        report=send_up_report(report=report, actor=crew.liaison, now=now), actor=crew.head, now=now
    )
    return approve_report(report=report, actor=stage.cast.office_staff, now=now)
