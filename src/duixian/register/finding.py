"""Finding tasks by words: one way for the search box, the register, its exports and whatever else asks.

Every word must be found: in the item, its heading, its parties, its outcomes and projects, in the latest approved
report, or as a name of a unit that leads, cooperates or reports.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from duixian.register.models import Task, TaskParty
from duixian.register.models.task import TaskQuerySet
from duixian.register.searching import number_meant, search_key, search_terms, search_words
from duixian.units.models import Unit, UnitAlias
from duixian.units.naming import unit_key


def tasks_found(tasks: TaskQuerySet, text: str) -> TaskQuerySet:
    """The tasks among `tasks` in which every word of `text` is found."""
    terms = search_terms(text)
    called = _units_called(terms) if terms else {}
    for term in terms:
        tasks = tasks.filter(_condition(term, called[term]))
    return tasks


def _condition(term: str, units: list[int]) -> Q | Combinable:
    condition: Q | Combinable = Q(search__words__contains=term) | Q(search__account__contains=term)
    number = number_meant(term)
    if number.isdecimal():
        condition |= Q(number=number)
    if units:
        condition = condition | Q(reporting_unit__in=units) | Q(pk__in=_tasks_of(units))
    return condition


def _tasks_of(units: list[int]) -> QuerySet[TaskParty, int]:
    return TaskParty.objects.filter(unit__in=units).values_list("task", flat=True)


def _units_called(terms: Sequence[str]) -> dict[str, list[int]]:
    """Term -> the units one of whose names holds it, or means the same (市规自局, 市自然资源和规划局)."""
    names: dict[str, set[int]] = {}
    rows = [*UnitAlias.objects.values_list("text", "unit")]
    for pk, name, full_name in Unit.objects.values_list("pk", "name", "full_name"):
        rows += [(name, pk), (full_name, pk)]
    for name, pk in rows:
        if name:
            names.setdefault(search_key(name), set()).add(pk)
    keys = {term: unit_key(term) for term in terms}
    return {
        term: sorted({pk for name, pks in names.items() if term in name or unit_key(name) == keys[term] for pk in pks})
        for term in terms
    }


def words_of(task: Task) -> str:
    """The item as printed, its heading, its parties under their printed names, and what it was read as."""
    texts = [task.text, task.section.heading, task.section.name]
    texts += [party.printed for party in task.parties.all()]
    texts += [str(project.get("name", "")) for project in task.projects]
    for target in task.targets.all():
        texts += [target.text, target.indicator.name]
    for outcome in task.outcomes.all():
        texts += [outcome.object, outcome.text]
    return search_words(texts)
