"""`dienhong text compare` as a person calls it: files in, summary and tables out, faults in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dienhong.texts.commands.comparing import compare

OLD = """QUỐC HỘI
Luật số: 01/2020/QH14
LUẬT
LƯU TRỮ THỬ
Điều 1. Phạm vi điều chỉnh
Luật này quy định về hoạt động lưu trữ tài liệu của cơ quan nhà nước.
Điều 2. Thời hạn
1. Thời hạn nộp lưu là 01 năm kể từ ngày công việc kết thúc.
2. Bộ trưởng quy định chi tiết khoản này.
Điều 3. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.
"""
NEW = OLD.replace("01/2020/QH14", "02/2024/QH15").replace("01 năm kể", "02 năm kể").replace("hoạt động", "hoạt  động")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "cu.txt", tmp_path / "moi.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def call(*args: object) -> Result:
    return CliRunner().invoke(compare, [str(arg) for arg in args])


def test_it_prints_a_summary_and_a_line_for_each_difference(files: tuple[Path, Path]) -> None:
    result = call(*files)
    assert result.exit_code == 0
    assert result.output.startswith("1 điều sửa đổi")
    assert "khoản 1 Điều 2: sửa đổi" in result.output.splitlines()
    assert call(*files, "--language", "en").output.startswith("1 article changed")
    assert call(files[0], files[0]).output.strip() == "Hai bản không khác nhau."


def test_it_writes_all_forms_at_once(files: tuple[Path, Path], tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("b.html", "b.docx", "b.pdf")]
    notes = tmp_path / "notes.csv"
    notes.write_text("khoản 1 Điều 2,Tăng lên 02 năm\n", encoding="utf-8")
    args = ("--html", outs[0], "--docx", outs[1], "--pdf", outs[2], "--third", notes, "--level", "article")
    result = call(*files, *args)
    assert result.exit_code == 0
    assert [out.read_bytes()[:4] for out in outs] == [b"<!DO", b"PK\x03\x04", b"%PDF"]
    assert "Thuyết minh" in outs[0].read_text(encoding="utf-8")


def test_a_note_on_a_clause_shows_where_a_row_is_an_article(files: tuple[Path, Path], tmp_path: Path) -> None:
    notes, out = tmp_path / "notes.json", tmp_path / "b.html"
    notes.write_text(json.dumps({"khoản 1 Điều 2": "Tăng lên 02 năm"}), encoding="utf-8")
    for level in ("article", "clause"):
        assert call(*files, "--third", notes, "--html", out, "--level", level).exit_code == 0
        assert "Tăng lên 02 năm" in out.read_text(encoding="utf-8")


def test_json_has_every_difference(files: tuple[Path, Path]) -> None:
    values = json.loads(call(*files, "--json").stdout)
    assert values["same"] is False
    clause = next(unit for unit in values["units"] if unit["new"]["cite"] == "khoản 1 Điều 2")
    assert [(s["op"], s["old"].strip(), s["new"].strip()) for s in clause["text"] if s["op"] != "equal"] == [
        ("del", "01", ""),
        ("ins", "", "02"),
    ]
    assert len(json.loads(call(*files, "--json", "--all").stdout)["units"]) > len(values["units"])


def test_faults_are_one_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    empty, noise = tmp_path / "rong.txt", tmp_path / "x.json"
    empty.write_bytes(b"")
    noise.write_text("[1, 2]", encoding="utf-8")
    unknown = tmp_path / "y.csv"
    unknown.write_text("Điều 99,không có\n", encoding="utf-8")
    for args in ((*files, "--third", noise), (*files, "--third", unknown), (files[0], empty)):
        result = call(*args)
        assert result.exit_code == 1
        assert len(result.output.strip().splitlines()) == 1
    assert call(files[0], tmp_path / "khong-co.txt").exit_code == 2
    assert call(*files, "--pdf", tmp_path / "no-such-folder" / "b.pdf").exit_code == 1
