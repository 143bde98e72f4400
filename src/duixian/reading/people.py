"""People in headings and cells: they sponsor, they are no units."""

from __future__ import annotations

import re
from functools import cache

from . import lexicon
from .fold import HAN
from .patterns import lazy

# 县委常委、副县长赵刚 is one person
_ONLY_TITLE = lazy("(?:[省市县区州旗]?(?:委|政府))?(?:常委|党组成员|党组副书记|副书记)")


def is_only_title(name: str) -> bool:
    """县委常委 before 副县长赵刚: a title without a name."""
    return _ONLY_TITLE.fullmatch(name) is not None


def is_person(name: str) -> bool:
    """张市长, 李明同志: people sponsor, they are no units."""
    return name.endswith(lexicon.group("duties", "units.persons")) and not name.endswith(("办公室主任会议",))


def titled_person(heading: str) -> str | None:
    """The name in a heading that is a title and a name: 常务副县长王建国, 副市长李明包联."""
    match = _titled_person().fullmatch(heading)
    return match["name"] if match else None


@cache
def _titled_person() -> re.Pattern[str]:
    before = "(?:[市县区州省]?(?:政府|委))?(?:常务|党组)?" + lexicon.any_of("duties", "units.titles")
    return re.compile(before + "[·:]?(?P<name>" + HAN + "{2,3}?)(?:同志)?(?:包联|分管|领衔|牵头|负责|联系|包保|挂帅)?")
