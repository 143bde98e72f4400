"""A whole bulletin of an invented city: 90 tasks in 22 groups, red head, four levels of headings, two annexes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from duixian.bulletins.content import (
    Align,
    Attachment,
    Block,
    BulletinContent,
    Column,
    Heading,
    Imprint,
    Paragraph,
    Properties,
    Row,
    RowKind,
    Signature,
    Table,
    TableSize,
)

UNITS = (
    "市政府办公室", "市发改委", "市教育局", "市科技局", "市工信局", "市民政局", "市财政局", "市人社局",
    "市规划和自然资源局", "市生态环境局", "市住建局", "市城管局", "市交通局", "市水利局", "市农业农村局",
    "市商务局", "市文旅局", "市卫健委", "市应急局", "市市场监管局", "市能源局",
    "市政务信息管理局（大数据应用局）行政审批服务管理中心",
)  # fmt: skip
MATTERS = (
    "城镇新增就业",
    "新改建农村公路",
    "老旧小区改造全部启动",
    "“互联网+明厨亮灶”覆盖率",
    "2×66万千瓦发电机组复工",
    "新入库“四上”企业、规模以上工业企业和限额以上商贸企业（按后者）",
)
FIGURES = (
    ("4.3万人", "2.15万人", "2.61万人", "121.4%", "超进度", "绿"),
    ("520公里", "260公里", "268公里", "103.1%", "达进度", "绿"),
    ("350亿元以上", "154.0亿元", "131.6亿元", "85.5%", "欠进度", "红"),
    ("增6%左右", "增6%", "增5.6%", "低0.4个百分点", "欠进度", "黄"),
    ("上半年开工", "6月30日前", "6月12日开工", "提前18天", "已完成", "蓝"),
    ("完成升格", "—", "待评议", "—", "其它", "—"),
)
TASKS = 90
GRADES = ("已完成", "超进度", "达进度", "欠进度", "其它")
LONG_LINE = "专项债券资金拨付率为42%，5个续建项目放缓，用地组卷未完成，与既有线接轨方案未获批复"


def lead_unit_of(task: int) -> str:
    """Tasks 1 to 90 over 22 units in list order: four to a unit, five for the first two."""
    return UNITS[task // 5 if task < 10 else 2 + (task - 10) // 4]


def grade_of(task: int) -> str:
    return FIGURES[task % len(FIGURES)][4]


def example_content(*, is_simulated: bool = False) -> BulletinContent:
    """The invented bulletin; simulated, it loses red head, number and imprint's place among real documents."""
    return BulletinContent(
        issuer="云川市人民政府办公室",
        red_head=None if is_simulated else "云川市人民政府办公室文件",
        doc_number=None if is_simulated else "云政办发〔2026〕31号",
        title_lines=("云川市人民政府办公室", "关于2026年第二季度市政府工作报告", "重点目标任务完成情况的通报"),
        addressees="各县、区人民政府，云川高新区、经开区管委会，市直各有关单位：",
        opening=(
            "按照《云川市人民政府办公室关于印发2026年市政府工作报告重点目标任务清单的通知》（云政办函〔2026〕1号）"
            "“逐月盘点、按季通报”要求，市政府办公室对90项任务、22个牵头部门上半年进展情况进行了盘点。"
            "经市政府同意，现将有关情况通报如下。",
        ),
        body=_body(),
        attachments=_attachments(),
        signature=Signature(name="云川市人民政府办公室", signed_on=date(2026, 7, 28)),
        remark="此件公开发布",
        imprint=Imprint(
            printed_by="云川市人民政府办公室",
            printed_on=date(2026, 7, 28),
            copies_to=("市委办公室", "市人大常委会办公室", "市政协办公室", "市纪委监委"),
        ),
        is_simulated=is_simulated,
        properties=Properties(audit_head="a" * 64, snapshot_hash="b" * 64),
    )


def _body() -> tuple[Block, ...]:
    behind = [task for task in range(TASKS) if grade_of(task) == "欠进度"][:9]
    return (
        Heading(1, "总体情况"),
        Paragraph(f"截至6月30日，{TASKS}项任务中，" + "、".join(f"{g}{n}项" for g, n in _grade_counts()) + "。"),
        by_lead_unit(),
        Heading(2, "指标类任务", "地区生产总值增长5.6%，低于年度目标0.4个百分点；居民消费价格上涨1.6%。"),
        Heading(2, "项目类任务", "110个省重点工程开工108个，开工率98.2%。"),
        Heading(1, "进度滞后的任务及原因"),
        Heading(2, "红灯任务"),
        *[
            Heading(
                3,
                f"第{task + 1}项{MATTERS[task % 6]}（{lead_unit_of(task)}）",
                f"年度目标350亿元以上，序时应达154.0"
                f"亿元，实际131.6亿元，完成比85.5%。原因是{LONG_LINE}。由{lead_unit_of(task)}8月31日前推动恢复施工。",
            )
            for task in behind
        ],
        Heading(1, "下一步工作要求"),
        Heading(4, "红灯任务", "牵头部门应于8月14日前报送整改计划。"),
        Paragraph("欠进度任务的整改情况，市政府办公室将在三季度通报中逐项反映。"),
    )


def _grade_counts() -> list[tuple[str, int]]:
    counts = Counter(grade_of(task) for task in range(TASKS))
    return [(grade, counts[grade]) for grade in GRADES]


def by_lead_unit() -> Table:
    """Counts of grades by lead unit, adding up to all tasks."""
    titles = ("牵头部门", "任务数", *GRADES)
    widths = (Decimal(48), *[Decimal(18)] * 6)
    columns = [Column(title, width) for title, width in zip(titles, widths, strict=True)]
    columns[0] = Column("牵头部门", Decimal(48), Align.LEFT)
    rows = []
    for unit in UNITS:
        grades = [grade_of(task) for task in range(TASKS) if lead_unit_of(task) == unit]
        rows.append(Row((unit, str(len(grades)), *[str(grades.count(grade)) for grade in GRADES])))
    rows.append(Row(("合计", str(TASKS), *[str(count) for _, count in _grade_counts()]), RowKind.TOTAL))
    return Table(tuple(columns), tuple(rows), caption="各牵头部门任务评价情况（单位：项）", size=TableSize.REGULAR)


def all_tasks(tasks: int = TASKS) -> Table:
    """The annex table: every task under its lead unit. Widths and order of columns as official annexes have them."""
    widths = {
        "序号": "8",
        "任务": "52",
        "年度目标": "19",
        "6月末应达": "17",
        "6月末实际": "19",
        "完成比或差距": "21.5",
        "评价": "11.5",
        "亮灯": "8",
    }
    columns = tuple(
        Column(title, Decimal(width), Align.LEFT if title == "任务" else Align.CENTER)
        for title, width in widths.items()
    )
    rows: list[Row] = []
    for task in range(tasks):
        unit = lead_unit_of(task)
        if task == 0 or lead_unit_of(task - 1) != unit:
            count = sum(lead_unit_of(other) == unit for other in range(tasks))
            rows.append(Row((f"{unit}牵头（{count}项）",), RowKind.GROUP))
        rows.append(Row((str(task + 1), MATTERS[task % 6], *FIGURES[task % 6])))
    notes = (
        "注：1. 应达、实际为1—6月累计数，数据截至7月20日。",
        "2. 增速、达标率类指标与年度目标直接比较，不按月折算。",
    )
    return Table(columns, tuple(rows), notes=notes)


def _attachments() -> tuple[Attachment, ...]:
    return (
        Attachment(("2026年市政府工作报告", "重点目标任务第二季度进展情况表"), (all_tasks(),)),
        Attachment(
            ("2026年市政府工作报告", "重点目标任务评价办法说明"),
            (Paragraph("完成比为实际完成值与序时应达值之比；增速类指标列差距，以百分点计。"),),
        ),
    )
