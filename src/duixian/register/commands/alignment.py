"""承接: linking the counties' words to the city's, by computation and by people; people's decisions stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from duixian.aligning import Link, Unmatched, align
from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.register.commitments import OUTCOME, TARGET, commitments_of_plan
from duixian.register.coverage import Carriers, carriers_of
from duixian.register.enums import LinkRelation, LinkState
from duixian.register.measures import convert
from duixian.register.models import AlignmentLink, NearestTask, Outcome, Plan, Target, Task
from duixian.register.rules import may_decide
from duixian.units.models import Unit
from duixian.units.rules import require

Key = tuple[int, int | None, int, int, int]
# what a link keeps of a phrase
LONGEST = 300
TEN_PLACES = Decimal(1).scaleb(-10)
THREE_PLACES = Decimal("0.001")
RENEWED = ["city_text", "city_start", "city_end", "relation", "share", "confidence", "shortfalls", "text"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a computation changed: links new, renewed, withdrawn, and those people had decided, which stand."""

    new: int
    renewed: int
    withdrawn: int
    kept: int


@command
def propose_links(*, plan: Plan, actor: Actor, now: datetime) -> Proposal:
    """Compute the links between a city's plan and the plans of its counties that are read, and store them as proposed.

    What a person confirmed, refused or made by hand is left as it is; what was only proposed follows the computation.
    Raises InvalidInput where no county plan of the year is in the register.
    """
    require(may_decide(actor, plan))
    carriers = carriers_of(plan)
    if not carriers.plans:
        raise InvalidInput(f"还没有读进{plan.year}年的县区计划。请先为县区立项，再比对。")
    links, nearest = _computed(plan, carriers)
    found = {_key(link): link for link in links}
    known = {_key(link): link for link in AlignmentLink.objects.filter(task__plan=plan)}
    decided = {key for key, link in known.items() if link.is_by_hand or LinkState(link.state).is_decided}
    stale = [link.pk for key, link in known.items() if key not in found and key not in decided]
    fresh = [link for key, link in found.items() if key not in known]
    AlignmentLink.objects.filter(pk__in=stale).delete()
    AlignmentLink.objects.bulk_create(fresh)
    renewed = [_renewed(known[key], link) for key, link in found.items() if key in known and key not in decided]
    AlignmentLink.objects.bulk_update(renewed, RENEWED)
    NearestTask.objects.filter(task__plan=plan).delete()
    NearestTask.objects.bulk_create(nearest)
    proposal = Proposal(len(fresh), len(renewed), len(stale), len(decided))
    record(
        actor=actor,
        now=now,
        action="propose_links",
        target=plan,
        after={"new": len(fresh), "renewed": len(renewed), "withdrawn": len(stale), "kept": len(decided)},
    )
    return proposal


@command
def confirm_link(*, link: AlignmentLink, actor: Actor, now: datetime) -> AlignmentLink:
    """Say that the two do belong together."""
    return _decide(link, LinkState.CONFIRMED, "confirm_link", actor, now)


@command
def refuse_link(*, link: AlignmentLink, actor: Actor, now: datetime) -> AlignmentLink:
    """Say that they do not; the link is kept, so that no computation proposes it again."""
    return _decide(link, LinkState.REFUSED, "refuse_link", actor, now)


@command
def count_link(*, link: AlignmentLink, is_counted: bool, actor: Actor, now: datetime) -> AlignmentLink:
    """Take the county's figure into the sum, or leave it out (人造林 is no 营造林) without denying the link."""
    require(may_decide(actor, link.task.plan))
    link.refresh_from_db()
    if link.state == LinkState.REFUSED:
        raise WrongState("这条对应已认定为不对应，没有数可计。")
    if link.is_counted == is_counted:
        raise WrongState("已经是这样计的，无须再改。")
    link.is_counted = is_counted
    _note(link, actor, now)
    record(
        actor=actor,
        now=now,
        action="count_link",
        target=link,
        before={"is_counted": not is_counted},
        after={"is_counted": is_counted},
    )
    return link


@command
def link_by_hand(
    *,
    task: Task,
    county_target: Target,
    actor: Actor,
    now: datetime,
    target: Target | None = None,
) -> AlignmentLink:
    """Join a county's figure to a task of the city, or to one of its targets, whose sum it then enters.

    Raises InvalidInput where the two are not of a city and its county, or measure different things.
    """
    require(may_decide(actor, task.plan))
    unit = _unit_of(task.plan, county_target)
    if target is not None and target.task_id != task.pk:
        raise InvalidInput(f"{task}没有这个目标。", {"target": "不属此任务"})
    relation, share = _relation(county_target, target)
    link, is_new = AlignmentLink.objects.get_or_create(
        task=task,
        target=target,
        county_task=county_target.task,
        span_start=county_target.span_start,
        span_end=county_target.span_end,
        defaults={
            "city_text": (target.text if target else task.text)[:LONGEST],
            "city_start": target.span_start if target else task.span_start,
            "city_end": target.span_end if target else task.span_end,
            "unit": unit,
            "county_target": county_target,
            "text": county_target.text,
            "relation": relation,
            "share": share,
            "is_by_hand": True,
        },
    )
    if not is_new and link.state == LinkState.CONFIRMED:
        raise WrongState("这两处已经认定对应，无须再连。")
    before = {"state": link.state} if not is_new else None
    link.state, link.is_by_hand = LinkState.CONFIRMED, True
    _note(link, actor, now)
    after = {"task": str(task), "text": county_target.text, "relation": link.relation, "share": link.share}
    record(actor=actor, now=now, action="link_by_hand", target=link, before=before, after=after)
    return link


def _decide(link: AlignmentLink, state: LinkState, action: str, actor: Actor, now: datetime) -> AlignmentLink:
    require(may_decide(actor, link.task.plan))
    link.refresh_from_db()
    if link.state == state:
        raise WrongState(f"这条对应已是“{state.label}”。")
    before, link.state = link.state, state
    _note(link, actor, now)
    record(actor=actor, now=now, action=action, target=link, before={"state": before}, after={"state": state})
    return link


def _note(link: AlignmentLink, actor: Actor, now: datetime) -> None:
    link.decided_by, link.decided_at = actor.audit_name, now
    link.save(update_fields=["state", "is_by_hand", "is_counted", "decided_by", "decided_at"])


def _unit_of(plan: Plan, county_target: Target) -> Unit:
    unit = next((u for u, p in _plans(plan) if p.pk == county_target.task.plan_id), None)
    if unit is None:
        raise InvalidInput("这不是本市县区当年计划里的数。", {"county_target": "不属本市县区"})
    return unit


def _plans(plan: Plan) -> list[tuple[Unit, Plan]]:
    carriers = carriers_of(plan)
    return [(unit, carriers.plans[unit.pk]) for unit in carriers.units if unit.pk in carriers.plans]


def _relation(county: Target, city: Target | None) -> tuple[LinkRelation, Decimal | None]:
    """A figure of the same measure is part of the city's; of another measure it only supports."""
    if city is None or city.current_value is None or county.current_value is None:
        return LinkRelation.SUPPORTS, None
    value = convert(county.current_value, county.unit_of_measure, city.unit_of_measure)
    if city.kind != county.kind or value is None:
        raise InvalidInput(
            f"“{county.part_name}”的{county.unit_of_measure or '数'}与“{city.part_name}”的"
            f"{city.unit_of_measure or '数'}不是同一种量，不能计入。请只连到任务，不选目标。",
            {"target": "不是同一种量"},
        )
    if city.unit_of_measure in ("%", "‰"):
        return LinkRelation.SAME_RATE, None
    return LinkRelation.CONTRIBUTES, round(value / city.current_value, 10) if city.current_value else None


def _computed(plan: Plan, carriers: Carriers) -> tuple[list[AlignmentLink], list[NearestTask]]:
    """The links of the computation, and what is nearest where there is none, as rows not yet stored."""
    counties = {str(unit_id): commitments_of_plan(p) for unit_id, p in carriers.plans.items()}
    alignment = align(commitments_of_plan(plan), counties, plans_expected=len(carriers.units))
    alone = [one for one in alignment.unmatched if one.nearest and _target_id(one.commitment.reference)]
    references = [link.target.reference for link in alignment.links]
    references += [link.commitment.reference for link in alignment.links]
    references += [one.nearest.reference for one in alone if one.nearest]
    tasks = _tasks_of(references)
    return [_row(link, tasks) for link in alignment.links], [_nearest(one, tasks) for one in alone]


def _nearest(one: Unmatched, tasks: dict[tuple[str, int], int]) -> NearestTask:
    assert one.nearest is not None
    city: Any = one.nearest.reference
    _kind, key = cast(tuple[str, int], one.commitment.reference)
    return NearestTask(
        county_target_id=key,
        task_id=tasks[city],
        target_id=_target_id(city),
        text=one.nearest.text[:LONGEST],
    )


def _tasks_of(references: Iterable[Any]) -> dict[tuple[str, int], int]:
    """(kind, key) of a row -> its task's key."""
    wanted: dict[str, set[int]] = {}
    for kind, key in references:
        wanted.setdefault(kind, set()).add(key)
    known = {("task", key): key for key in wanted.get("task", ())}
    for kind, model in ((TARGET, Target), (OUTCOME, Outcome)):
        rows = model._default_manager.filter(pk__in=wanted.get(kind, ())).values_list("pk", "task_id")
        known |= {(kind, key): task for key, task in rows}
    return known


def _row(link: Link, tasks: dict[tuple[str, int], int]) -> AlignmentLink:
    city, county = link.target.reference, link.commitment.reference
    span, city_span = link.span, link.target.span
    assert span is not None
    assert city_span is not None
    return AlignmentLink(
        task_id=tasks[city],  # type: ignore[index]
        target_id=_target_id(city),
        city_text=link.city_text[:LONGEST],
        city_start=city_span.start,
        city_end=city_span.end,
        unit_id=int(link.county),
        county_task_id=tasks[county],  # type: ignore[index]
        county_target_id=_target_id(county),
        text=link.text[:LONGEST],
        span_start=span.start,
        span_end=span.end,
        relation=LinkRelation(link.relation.value),
        share=link.share.quantize(TEN_PLACES) if link.share is not None else None,
        confidence=Decimal(str(link.confidence)).quantize(THREE_PLACES),
        shortfalls=[shortfall.value for shortfall in link.shortfalls],
    )


def _target_id(reference: Any) -> int | None:
    kind, key = reference
    return int(key) if kind == TARGET else None


def _key(link: AlignmentLink) -> Key:
    return link.task_id, link.target_id, link.county_task_id, link.span_start, link.span_end


def _renewed(known: AlignmentLink, found: AlignmentLink) -> AlignmentLink:
    for name in RENEWED:
        setattr(known, name, getattr(found, name))
    return known
