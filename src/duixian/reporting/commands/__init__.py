"""Everything that writes in a stocktake."""

from duixian.reporting.commands.adopt_import import adopt_import
from duixian.reporting.commands.assess import assess_plan
from duixian.reporting.commands.bulk import reassign_tasks
from duixian.reporting.commands.correct import (
    agree_to_correction,
    note_consent,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from duixian.reporting.commands.fill import save_report
from duixian.reporting.commands.handover import reassign_task
from duixian.reporting.commands.regrade import regrade_tasks
from duixian.reporting.commands.review import approve_report, reopen_report, send_back_report
from duixian.reporting.commands.rounds import lock_round, open_round
from duixian.reporting.commands.start import start_plan
from duixian.reporting.commands.submit import return_report, send_up_report, sign_off_report
from duixian.reporting.commands.verify import Finding, record_verification

__all__ = [
    "Finding",
    "adopt_import",
    "agree_to_correction",
    "approve_report",
    "assess_plan",
    "lock_round",
    "note_consent",
    "open_round",
    "propose_correction",
    "reassign_task",
    "reassign_tasks",
    "record_verification",
    "refuse_correction",
    "regrade_tasks",
    "reopen_report",
    "return_report",
    "save_report",
    "send_back_report",
    "send_up_report",
    "sign_off_report",
    "start_plan",
    "withdraw_correction",
]
