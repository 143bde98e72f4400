"""Pages come whole from the installation: nothing from other hosts, nothing third-party committed."""

import re

from django.contrib.staticfiles import finders

from tests.house.sources import ROOT, page_files, tracked_files

ADDRESS = re.compile(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'<>)]*""", re.ASCII)
# names of XML vocabularies look like addresses and are never called
VOCABULARIES = ("http://www.w3.org/",)
STATIC_TAG = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
MADE_BY_OTHERS = re.compile(r"(\.min\.(js|css)|\.map|\.woff2?|\.ttf|\.otf)$|(^|/)(node_modules|vendor)/")
LONGEST_LINE = 1000


def outside_addresses(text: str) -> list[str]:
    """Addresses of other hosts in a page's text."""
    return [found for found in ADDRESS.findall(text) if not found.startswith(VOCABULARIES)]


def test_addresses_are_recognised() -> None:
    assert outside_addresses('<script src="https://cdn.example.com/x.js">') == ["https://cdn.example.com/x.js"]
    assert outside_addresses('<link href="//fonts.example.com/css">') == ["//fonts.example.com/css"]
    assert outside_addresses('<svg xmlns="http://www.w3.org/2000/svg">// a remark') == []


def test_no_page_names_another_host() -> None:
    found = {str(path): outside_addresses(path.read_text("utf-8")) for path in page_files()}
    assert {path: addresses for path, addresses in found.items() if addresses} == {}


def test_every_static_file_a_template_names_is_there() -> None:
    named = {name for path in page_files() for name in STATIC_TAG.findall(path.read_text("utf-8"))}
    assert [name for name in sorted(named) if not finders.find(name)] == []


def test_nothing_made_by_others_is_committed() -> None:
    assert [str(path) for path in tracked_files() if MADE_BY_OTHERS.search(path.as_posix())] == []


def test_scripts_and_styles_are_written_by_hand() -> None:
    ours = [ROOT / path for path in tracked_files() if path.suffix in {".js", ".css"}]
    assert [str(path) for path in ours if max(map(len, path.read_text("utf-8").split("\n"))) > LONGEST_LINE] == []
