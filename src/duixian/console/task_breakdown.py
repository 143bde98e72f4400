"""分解 on the page of a task: how far its targets are carried, or what of them is one's own."""

from dataclasses import dataclass

from duixian.console.county_matrix import MatrixCell, MatrixRow, matrix_rows
from duixian.register.coverage import (
    carriers_of,
    coverage_of,
    task_targets_broken_down,
)
from duixian.register.models import Task
from duixian.units.models import Account, Unit
from duixian.units.rules import may_see_everything, own_units


@dataclass(frozen=True, slots=True)
class BreakdownLine:
    """One target: its sum for whoever sees the whole list, else the cells of one's own units."""

    row: MatrixRow
    is_whole: bool
    is_split: bool
    own: list[MatrixCell]


def task_breakdown(task: Task, account: Account) -> list[BreakdownLine]:
    """Lines for the targets that can be broken down; nothing where there is nobody to carry them."""
    targets = task_targets_broken_down(task)
    whole = may_see_everything(account)
    is_whole = task.plan.government_id in whole
    if not targets:
        return []
    carriers = carriers_of(task.plan)
    mine = set(own_units(account)) | {u.pk for u in carriers.units if u.governs_id in whole}
    lines = []
    for coverage in coverage_of(targets, carriers, task.plan.thresholds()):
        units: list[Unit] = [] if is_whole else [c.unit for c in coverage.cells if c.unit.pk in mine]
        [row] = matrix_rows([coverage], units, None)
        is_split = any(cell.item or cell.value is not None for cell in coverage.cells)
        own = [cell for cell in row.cells if cell.kind == "figure"]
        if own or (is_whole and coverage.cells):
            lines.append(BreakdownLine(row, is_whole, is_split, own))
    return lines
