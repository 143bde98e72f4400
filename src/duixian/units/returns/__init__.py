"""联络员回执表: one sheet with units, people and roles: the form, its reading, and what it would change."""

from duixian.units.returns.changes import Intake
from duixian.units.returns.form import template
from duixian.units.returns.planning import plan_return
from duixian.units.returns.reading import Refusal, Reply, ReturnLine, read_return

__all__ = ["Intake", "Refusal", "Reply", "ReturnLine", "plan_return", "read_return", "template"]
