"""Everything that writes in a stocktake."""

from duixian.reporting.commands.adopt_import import adopt_import
from duixian.reporting.commands.assess import assess_plan
from duixian.reporting.commands.bulk import reassign_tasks
from duixian.reporting.commands.calendar import clear_round_calendar, set_round_calendar
from duixian.reporting.commands.correct import (
    agree_to_correction,
    note_consent,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from duixian.reporting.commands.evidence import add_evidence, remove_evidence
from duixian.reporting.commands.exceptions import expire_exception, grant_exception, revoke_exception
from duixian.reporting.commands.fill import save_report
from duixian.reporting.commands.handover import reassign_task
from duixian.reporting.commands.jobs import retry_job
from duixian.reporting.commands.override import expire_override, lift_override, override_grade
from duixian.reporting.commands.parts import report_part
from duixian.reporting.commands.proposals import Proposed, apply_proposal, close_proposal, keep_proposal
from duixian.reporting.commands.recompute import recompute_tasks
from duixian.reporting.commands.regrade import regrade_tasks
from duixian.reporting.commands.review import approve_report, reopen_report, send_back_report
from duixian.reporting.commands.rounds import lock_round, open_round, remind_units
from duixian.reporting.commands.searching import rebuild_search
from duixian.reporting.commands.start import start_plan
from duixian.reporting.commands.statistics import publish_value
from duixian.reporting.commands.submit import return_report, send_up_report, sign_off_report
from duixian.reporting.commands.thresholds import set_assessment
from duixian.reporting.commands.verify import Finding, record_verification

__all__ = [
    "Finding",
    "Proposed",
    "add_evidence",
    "adopt_import",
    "agree_to_correction",
    "apply_proposal",
    "approve_report",
    "assess_plan",
    "clear_round_calendar",
    "close_proposal",
    "expire_exception",
    "expire_override",
    "grant_exception",
    "keep_proposal",
    "lift_override",
    "lock_round",
    "note_consent",
    "open_round",
    "override_grade",
    "propose_correction",
    "publish_value",
    "reassign_task",
    "reassign_tasks",
    "rebuild_search",
    "recompute_tasks",
    "record_verification",
    "refuse_correction",
    "regrade_tasks",
    "remind_units",
    "remove_evidence",
    "reopen_report",
    "report_part",
    "retry_job",
    "return_report",
    "revoke_exception",
    "save_report",
    "send_back_report",
    "send_up_report",
    "set_assessment",
    "set_round_calendar",
    "sign_off_report",
    "start_plan",
    "withdraw_correction",
]
