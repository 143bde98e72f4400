"""The monthly stocktake: rounds, reports with every version, and what each month was graded."""

from duixian.reporting.models.evidence import EvidenceFile
from duixian.reporting.models.job import JobRun
from duixian.reporting.models.override import GradeOverride
from duixian.reporting.models.part_report import PartReport
from duixian.reporting.models.proposal import MonthProposal
from duixian.reporting.models.report import Report, ReportFigure, ReportNode, ReportVersion
from duixian.reporting.models.round import LockException, Reminder, Round, RoundCalendar
from duixian.reporting.models.standing import GradeChange, Standing
from duixian.reporting.models.verification import Correction, Verification

__all__ = [
    "Correction",
    "EvidenceFile",
    "GradeChange",
    "GradeOverride",
    "JobRun",
    "LockException",
    "MonthProposal",
    "PartReport",
    "Reminder",
    "Report",
    "ReportFigure",
    "ReportNode",
    "ReportVersion",
    "Round",
    "RoundCalendar",
    "Standing",
    "Verification",
]
