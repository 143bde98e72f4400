"""A filled-in form becomes lines: every value with the cell it stood in, everything wrong named by its cell."""

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from duixian.sheets import Cell, Row, SheetError, Table, as_date, as_text, find_table, read_workbook
from duixian.units.enums import Role, UnitKind
from duixian.units.returns.form import NAME, columns, kind_of, role_of, role_words
from duixian.units.usernames import is_username

LARGEST = 5 * 1024 * 1024
MOST_LINES = 2000
LONGEST_NAME = 40
_PHONE = re.compile(r"1\d{10}|0\d{2,3}\d{7,8}|\d{7,8}")
_SEVERAL = re.compile(r"[、，,；;/\n]+")
_LONGEST = {"unit": 60, "full_name": 60, "parent": 60, "name": LONGEST_NAME, "post": 60}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What cannot be taken, where, and what to do."""

    cell: str
    message: str


@dataclass(slots=True)
class ReturnLine:
    """One row of the form. `cells` says where each value stood; a line with faults is not applied."""

    number: int
    unit: str = ""
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    parent: str = ""
    name: str = ""
    post: str = ""
    role: str = ""
    is_deputy: bool = False
    phone: str = ""
    username: str = ""
    fields: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    since: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For keeping as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "ReturnLine":
        """From what was kept."""
        several = {key: tuple(data[key]) for key in ("aliases", "fields", "sponsors")}
        return cls(**{**data, **several})

    def at(self, key: str) -> str:
        """The cell of a value; the row where the form has no such column."""
        return self.cells.get(key) or f"第{self.number}行"

    @property
    def since_on(self) -> date | None:
        return date.fromisoformat(self.since) if self.since else None


@dataclass(slots=True)
class Reply:
    """What one workbook says: its good lines, and what is wrong by cell."""

    lines: list[ReturnLine]
    refused: list[Refusal]


def read_return(data: bytes, name: str) -> Reply:
    """The lines of an uploaded form, however its columns are ordered.

    Raises SheetError where the file cannot be taken at all: no workbook, too large, macros, no such form.
    """
    sheets = read_workbook(data, name, largest=LARGEST)
    table = find_table(sheets, columns(), what=NAME)
    refused = [Refusal(fault.address, f"{fault.message}。") for fault in table.uncomputed()]
    reply, unit = Reply([], refused), Cell("")
    for count, row in enumerate(table.rows):
        if count >= MOST_LINES:
            raise SheetError(f"超过{MOST_LINES}行。请分成几张表导入。")
        unit = unit if row["unit"].is_blank else row["unit"]
        _take(table, row, unit, reply)
    if not reply.lines and not reply.refused:
        raise SheetError(f"{NAME}里没有填写任何单位或人员。请填好后再传。")
    return reply


def _take(table: Table, row: Row, unit: Cell, reply: Reply) -> None:
    """One row: its line where nothing is wrong, else its faults."""
    faults: list[Refusal] = []
    line = ReturnLine(row.number, cells={key: cell.address for key, cell in row.cells.items()})
    line.unit = _words(unit)
    if row["unit"].is_blank and not unit.is_blank and _is_filler(row):
        return
    for key in ("full_name", "parent", "name", "post"):
        setattr(line, key, _words(row[key]) if table.has(key) else "")
    for key in ("aliases", "fields", "sponsors"):
        setattr(line, key, _several(row[key]) if table.has(key) else ())
    _check_lengths(line, faults)
    _take_kind(table, row, line, faults)
    if line.name:
        _take_person(table, row, line, faults)
    if not line.unit and (not line.name or not line.role or Role(line.role).needs_unit) and not faults:
        faults.append(Refusal(row["unit"].address, "单位没有填写。"))
    if faults:
        reply.refused += faults
    else:
        reply.lines.append(line)


def _is_filler(row: Row) -> bool:
    """A row without a unit of its own and without a person says nothing: a total, a note, a numbered blank."""
    return row["name"].is_blank


def _words(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", as_text(cell)).split()).translate(str.maketrans("()", "（）"))


def _several(cell: Cell) -> tuple[str, ...]:
    parts = (part.strip() for part in _SEVERAL.split(unicodedata.normalize("NFKC", as_text(cell))))
    even = ("".join(part.split()).translate(str.maketrans("()", "（）")) for part in parts)
    return tuple(dict.fromkeys(part for part in even if part))


def _check_lengths(line: ReturnLine, faults: list[Refusal]) -> None:
    for key, longest in _LONGEST.items():
        if len(getattr(line, key)) > longest:
            faults.append(Refusal(line.at(key), f"超过{longest}字，请核对是不是填错了列。"))
    if _SEVERAL.search(line.name):
        faults.append(Refusal(line.at("name"), "一行只填一个人，请分成几行。"))
    faults += [Refusal(line.at("aliases"), f"“{a[:20]}…”超过60字。") for a in line.aliases if len(a) > 60]


def _take_kind(table: Table, row: Row, line: ReturnLine, faults: list[Refusal]) -> None:
    if not table.has("kind") or row["kind"].is_blank:
        return
    text = as_text(row["kind"])
    kind = kind_of(text)
    if kind is None:
        choices = "、".join(str(UnitKind(k).label) for k in UnitKind.values)
        faults.append(Refusal(row["kind"].address, f"不认识的单位类别“{text[:20]}”，请从{choices}中选。"))
    else:
        line.kind = kind


def _take_person(table: Table, row: Row, line: ReturnLine, faults: list[Refusal]) -> None:
    """Role, phone, username and day of the person in the row."""
    said = as_text(row["role"])
    role = role_of(said)
    if role is None:
        what = f"不认识的角色“{said[:20]}”" if said else f"{line.name}的角色没有填写"
        faults.append(Refusal(row["role"].address, f"{what}，请从{'、'.join(role_words())}中选。"))
    else:
        line.role, line.is_deputy = role[0].value, role[1]
    if table.has("phone"):
        _take_phone(row["phone"], line, faults)
    if table.has("username") and not row["username"].is_blank:
        line.username = unicodedata.normalize("NFKC", as_text(row["username"])).lower()
        if not is_username(line.username):
            faults.append(
                Refusal(row["username"].address, f"账号“{line.username[:20]}”只能用小写字母、数字和 . _ - ，至少两位。")
            )
    if table.has("since"):
        try:
            day = as_date(row["since"])
            line.since = day.isoformat() if day else ""
        except ValueError as error:
            faults.append(Refusal(row["since"].address, f"{error}。"))


def _take_phone(cell: Cell, line: ReturnLine, faults: list[Refusal]) -> None:
    if cell.is_blank:
        return
    text = unicodedata.normalize("NFKC", as_text(cell))
    digits = re.sub(r"[\s()\-—－+]", "", text)
    digits = digits[2:] if re.fullmatch(r"861\d{10}", digits) else digits
    if _PHONE.fullmatch(digits):
        line.phone = digits
    else:
        faults.append(Refusal(cell.address, f"“{text[:20]}”不是电话号码，请只填一个号码。"))
