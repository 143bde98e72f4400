"""Two counties with plans of their own beside the city's list: one carries much, one says less, one figure is alone."""

from dataclasses import dataclass

from duixian.reading import Reading, Stage
from duixian.register.commands import adopt_county_plan, propose_links
from duixian.register.models import AlignmentLink, Plan, Target
from duixian.units.models import Unit
from tests.cast import Cast, at
from tests.factories.play import Stage as Play
from tests.factories.play import set_stage
from tests.factories.readings import item, outcome, quantity, reading_of

READ_AT = at(3, 2)
LEAD = ["市农业农村局"]

FORESTS = item("完成营造林15万亩。", LEAD, quantities=[quantity("完成营造林15万亩", "营造林", "15", "万亩")])
ROADS = item(
    "新改建农村公路850公里。", ["市住建局"], quantities=[quantity("新改建农村公路850公里", "农村公路", "850", "公里")]
)
WORKS = item("农业生产托管60万亩。", LEAD, quantities=[quantity("农业生产托管60万亩", "农业生产托管", "60", "万亩")])
BRIDGE = item(
    "青石大桥开工建设。",
    ["市住建局"],
    outcomes=[outcome("青石大桥开工建设", "青石大桥", Stage.START)],
    projects=["青石大桥"],
)


def city_list() -> Reading:
    """A city's list of three amounts and a project."""
    return reading_of(FORESTS, ROADS, WORKS, BRIDGE)


def yundong_plan() -> Reading:
    """Much of the forests, all too much of the works, in another unit of measure."""
    return reading_of(
        item("完成营造林9万亩。", [], quantities=[quantity("完成营造林9万亩", "营造林", "9", "万亩")]),
        item("农业生产托管70万亩。", [], quantities=[quantity("农业生产托管70万亩", "农业生产托管", "70", "万亩")]),
        item("新改建农村公路400公里。", [], quantities=[quantity("新改建农村公路400公里", "农村公路", "400", "公里")]),
    )


def qingshi_plan() -> Reading:
    """Few forests, roads in metres, a bridge not yet begun, and a figure the city knows nothing of."""
    return reading_of(
        item("完成营造林40000亩。", [], quantities=[quantity("完成营造林40000亩", "营造林", "40000", "亩")]),
        item("新改建农村公路450公里。", [], quantities=[quantity("新改建农村公路450公里", "农村公路", "450", "公里")]),
        item("发展蜂箱300箱。", [], quantities=[quantity("发展蜂箱300箱", "蜂箱", "300", "箱")]),
    )


@dataclass(slots=True)
class Counties:
    """The city's plan and its counties' plans, adopted; links proposed."""

    cast: Cast
    play: Play
    yundong: Unit
    qingshi: Unit

    @property
    def plan(self) -> Plan:
        """The city's."""
        return self.play.plan

    def target(self, name: str) -> Target:
        """A target of the city by its indicator."""
        return Target.objects.get(task__plan=self.plan, indicator__name=name)

    def county_target(self, unit: Unit, name: str) -> Target:
        """A target of a county's plan."""
        return Target.objects.get(task__plan__government=unit.governs, indicator__name=name)

    def link(self, name: str, unit: Unit) -> AlignmentLink:
        """The link that carries a target for a county."""
        return AlignmentLink.objects.get(target=self.target(name), unit=unit, relation="contributes")

    def propose(self) -> object:
        """Compare the plans (again)."""
        return propose_links(plan=self.plan, actor=self.cast.office_staff, now=READ_AT)


def set_counties(cast: Cast, *plans: str) -> Counties:
    """Adopt the city's list and the named county plans (both, unless some are named), and propose links."""
    play = set_stage(cast, city_list())
    yundong, qingshi = cast.units["云东区政府"], cast.units["青石县政府"]
    counties = Counties(cast, play, yundong, qingshi)
    for name, unit, reading in (("yundong", yundong, yundong_plan()), ("qingshi", qingshi, qingshi_plan())):
        if not plans or name in plans:
            adopt_county_plan(unit=unit, reading=reading, year=2026, actor=cast.office_staff, now=READ_AT)
    for unit in (yundong, qingshi):
        unit.refresh_from_db()
    counties.propose()
    return counties
