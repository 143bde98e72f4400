"""The monthly stocktake: rounds, reports with every version, and what each month was graded."""

from duixian.reporting.models.evidence import EvidenceFile
from duixian.reporting.models.part_report import PartReport
from duixian.reporting.models.proposal import MonthProposal
from duixian.reporting.models.report import Report, ReportFigure, ReportNode, ReportVersion
from duixian.reporting.models.round import Round
from duixian.reporting.models.standing import GradeChange, Standing
from duixian.reporting.models.verification import Correction, Verification

__all__ = [
    "Correction",
    "EvidenceFile",
    "GradeChange",
    "MonthProposal",
    "PartReport",
    "Report",
    "ReportFigure",
    "ReportNode",
    "ReportVersion",
    "Round",
    "Standing",
    "Verification",
]
