"""Everything that writes in a stocktake."""

from duixian.reporting.commands.adopt_import import adopt_import
from duixian.reporting.commands.assess import assess_plan
from duixian.reporting.commands.bulk import reassign_tasks
from duixian.reporting.commands.fill import save_report
from duixian.reporting.commands.handover import reassign_task
from duixian.reporting.commands.regrade import regrade_tasks
from duixian.reporting.commands.review import approve_report, reopen_report, send_back_report
from duixian.reporting.commands.rounds import lock_round, open_round
from duixian.reporting.commands.start import start_plan
from duixian.reporting.commands.submit import return_report, send_up_report, sign_off_report

__all__ = [
    "adopt_import",
    "approve_report",
    "assess_plan",
    "lock_round",
    "open_round",
    "reassign_task",
    "reassign_tasks",
    "regrade_tasks",
    "reopen_report",
    "return_report",
    "save_report",
    "send_back_report",
    "send_up_report",
    "sign_off_report",
    "start_plan",
]
