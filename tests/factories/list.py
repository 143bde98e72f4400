"""One task of every kind, on the units of the cast."""

from datetime import date
from decimal import Decimal

from duixian.reading import Accrual, Comparator, Full, Polarity, QuantityKind, Reading, ReadTask, Stage
from tests.factories.readings import deadline, growth, item, outcome, quantity, reading_of, relation

FIRST_QUARTER_END = date(2026, 3, 31)
HALF_YEAR_END = date(2026, 6, 30)

GDP = item("地区生产总值增长6%以上。", ["市发改委"], quantities=[growth("地区生产总值增长6%以上", "地区生产总值", "6")])
PRICES = item(
    "居民消费价格涨幅2%左右。",
    ["市发改委"],
    quantities=[
        growth("涨幅2%左右", "居民消费价格", "2", comparator=Comparator.ABOUT, polarity=Polarity.NEAR),
    ],
)
RESUMING = item(
    "一季度重点项目复工率100%。",
    ["市发改委"],
    quantities=[
        quantity(
            "重点项目复工率100%",
            "重点项目复工率",
            "100",
            "%",
            kind=QuantityKind.RATE,
            accrual=Accrual.DATED,
            comparator=Comparator.EQUAL,
            stage=Stage.RESUME,
            by=FIRST_QUARTER_END,
        )
    ],
    deadlines=[deadline("一季度", FIRST_QUARTER_END, "复工")],
)
JOBS = item(
    "城镇新增就业4.8万人以上。",
    ["市人社局"],
    quantities=[quantity("城镇新增就业4.8万人以上", "城镇新增就业", "4.8", "万人")],
)
INCOME = item(
    "居民收入增长与经济增长同步。",
    ["市人社局"],
    relations=[relation("居民收入增长与经济增长同步", "居民收入增长", "经济增长")],
)
COVERAGE = item(
    "社区养老设施覆盖率达到70%。",
    ["市人社局"],
    quantities=[
        quantity(
            "社区养老设施覆盖率达到70%",
            "社区养老设施覆盖率",
            "70",
            "%",
            kind=QuantityKind.RATE,
            accrual=Accrual.STOCK,
            comparator=Comparator.EQUAL,
        )
    ],
)
ROADS = item(
    "幸福桥上半年建成,英雄路改扩建开工。",
    ["市住建局"],
    cooperating=["云东区政府"],
    outcomes=[
        outcome("幸福桥上半年建成", "幸福桥", Stage.COMPLETE, HALF_YEAR_END),
        outcome("英雄路改扩建开工", "英雄路改扩建", Stage.START),
    ],
    deadlines=[deadline("上半年", HALF_YEAR_END, "建成")],
    projects=["幸福桥"],
)
STARTING = item(
    "新建项目全部开工。",
    ["市住建局"],
    cooperating=["各县区政府"],
    outcomes=[outcome("新建项目全部开工", "新建项目", Stage.START)],
    full=Full("全部开工", "新建项目"),
)
CANTEENS = item(
    "每个县区至少新建1个社区食堂。",
    ["市住建局"],
    quantities=[quantity("至少新建1个社区食堂", "社区食堂", "1", "个", per="县区")],
)
PARKS = item(
    "新建农业产业园1至2个。",
    ["市农业农村局"],
    quantities=[
        quantity(
            "新建农业产业园1至2个",
            "农业产业园",
            "1",
            "个",
            comparator=Comparator.RANGE,
            value_max=Decimal(2),
            stage=Stage.COMPLETE,
        )
    ],
    outcomes=[outcome("新建农业产业园", "农业产业园", Stage.COMPLETE)],
)
AIR = item(
    "PM2.5控制在30微克以下。",
    ["市生态环境局"],
    cooperating=["相关成员单位"],
    quantities=[
        quantity(
            "PM2.5控制在30微克以下",
            "PM2.5",
            "30",
            "微克",
            comparator=Comparator.AT_MOST,
            polarity=Polarity.LESS,
            accrual=Accrual.RUNNING,
        )
    ],
)
SPIRIT = item("大力弘扬企业家精神。", ["市发改委"])

EVERY_KIND: dict[str, ReadTask] = {
    "gdp": GDP,
    "prices": PRICES,
    "resuming": RESUMING,
    "spirit": SPIRIT,
    "jobs": JOBS,
    "income": INCOME,
    "coverage": COVERAGE,
    "roads": ROADS,
    "starting": STARTING,
    "canteens": CANTEENS,
    "parks": PARKS,
    "air": AIR,
}


def whole_list() -> Reading:
    """A list with every kind of promise."""
    return reading_of(*EVERY_KIND.values())
