"""What cannot be read ends in one clear Chinese line, what can be read ends in a reading."""

from pathlib import Path

import pytest

from duixian.reading import (
    EmptyDocumentError,
    FileMissingError,
    NotADocumentError,
    ReadingError,
    SecretDocumentError,
    TooLargeError,
    read,
    read_text,
)
from tests.reading.documents import LIST


def _one_line(error: ReadingError) -> str:
    message = str(error)
    assert "\n" not in message
    assert message.endswith("。")
    return message


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError) as caught:
        read(tmp_path / "没有.txt")
    assert "没有.txt" in _one_line(caught.value)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "空.txt"
    file.write_bytes(content)
    with pytest.raises(EmptyDocumentError) as caught:
        read(file)
    assert "空.txt" in _one_line(caught.value)


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01" + b"\x00" * 200, bytes(range(256)) * 40, b"%PDF-1.4 ..."])
def test_a_binary_that_calls_itself_text(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "清单.txt"
    file.write_bytes(content)
    with pytest.raises(NotADocumentError) as caught:
        read(file)
    _one_line(caught.value)


def test_an_unknown_file_type(tmp_path: Path) -> None:
    file = tmp_path / "清单.exe"
    file.write_bytes(b"MZ")
    with pytest.raises(NotADocumentError) as caught:
        read(file)
    assert ".docx" in _one_line(caught.value)


@pytest.mark.parametrize("marking", ["机密", "绝密★启用前", "秘密★1年", "密级：机密", "机  密"])
def test_a_secrecy_marking_is_refused(marking: str) -> None:
    with pytest.raises(SecretDocumentError) as caught:
        read_text(marking + "\n" + LIST)
    assert "密级" in _one_line(caught.value)


@pytest.mark.parametrize("line", ["做好保密工作，严守国家秘密。", "1.开展机密设备检查。", "不得泄露商业秘密"])
def test_the_word_in_prose_is_no_marking(line: str) -> None:
    assert read_text(line + "\n" + LIST).tasks


def test_a_text_beyond_the_limit() -> None:
    with pytest.raises(TooLargeError) as caught:
        read_text("改造老旧小区十个。\n" * 1_000_000)
    assert "上限" in _one_line(caught.value)


def test_a_file_of_fifty_megabytes_is_answered_at_once(tmp_path: Path) -> None:
    file = tmp_path / "大.txt"
    file.write_bytes("1.新建公园6处。\n".encode() * 2_300_000)
    assert file.stat().st_size > 45_000_000
    with pytest.raises(TooLargeError):
        read(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_office_encoding_reads_the_same(tmp_path: Path, encoding: str, line_end: str) -> None:
    file = tmp_path / "清单.txt"
    file.write_bytes(LIST.replace("\n", line_end).encode(encoding))
    expected = read_text(LIST)
    reading = read(file)
    assert reading.text == LIST
    assert reading.tasks == expected.tasks
    assert reading.document.sha256 is not None


@pytest.mark.parametrize("line_end", ["\r", "\v", "\f", "\x85", "\u2028"])
def test_lines_end_as_word_processors_and_web_pages_end_them(line_end: str) -> None:
    reading = read_text(LIST.replace("\n", line_end))
    assert reading.text == LIST
    assert reading.tasks == read_text(LIST).tasks


def test_a_text_of_nothing_but_lines_is_refused() -> None:
    with pytest.raises(TooLargeError) as caught:
        read_text("1.新建公园2座。\n" + "\n" * 400_001)
    assert "行数过多" in _one_line(caught.value)


def test_a_text_under_a_pages_name_keeps_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "清单.html"
    file.write_text(LIST, "utf-8")
    assert [task.number for task in read(file).tasks] == [1, 2, 3, 4, 5]
