"""An alignment's terms as people write them."""

from __future__ import annotations

from .model import CoverageState, LinkRelation, Shortfall

RELATION_WORDS: dict[LinkRelation, str] = {
    LinkRelation.CONTRIBUTES: "计入",
    LinkRelation.SAME_RATE: "同一比率",
    LinkRelation.SAME_PROJECT: "同一项目",
    LinkRelation.SUPPORTS: "支撑",
}

SHORTFALL_WORDS: dict[Shortfall, str] = {
    Shortfall.LOWER_STAGE: "阶段低于市级",
    Shortfall.NO_FIGURE: "未定数量",
    Shortfall.NO_LIMIT: "未定时限",
    Shortfall.LATER_LIMIT: "时限晚于市级",
    Shortfall.OTHER_MEASURE: "口径不同",
    Shortfall.LOWER_RATE: "低于市级目标",
    Shortfall.ONLY_STRIVE: "仅为力争",
}

STATE_WORDS: dict[CoverageState, str] = {
    CoverageState.GAP: "缺口",
    CoverageState.COVERED: "足额",
    CoverageState.OVER: "加码",
    CoverageState.INCOMPLETE: "不全",
}
