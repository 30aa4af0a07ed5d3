"""The commands print what was understood and consolidated, and refuse what they cannot read."""

import json

import pytest
from click.testing import CliRunner

from dienhong.texts.commands import text as command
from dienhong.texts.consolidating.tests.test_consolidating import BASE

AMENDING = """QUỐC HỘI
Luật số: 09/2024/QH15
LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ
Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.
Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ
1. Sửa đổi, bổ sung khoản 1 Điều 4 như sau:
“1. Hồ sơ theo Điều 9 của Luật này.”.
2. Bỏ cụm từ “không có” tại Điều 3.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.
"""


@pytest.fixture
def files(tmp_path):
    base, amending = tmp_path / "base.txt", tmp_path / "amending.txt"
    base.write_text(BASE, encoding="utf-8")
    amending.write_text(AMENDING, encoding="utf-8")
    return base, amending


def run(*words, code=0):
    done = CliRunner().invoke(command, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


def test_a_law_is_consolidated_and_written_in_every_form(files, tmp_path):
    outputs = {name: tmp_path / f"out.{name}" for name in ("txt", "html", "akn", "docx")}
    words = [part for name, path in outputs.items() for part in (f"--{name}", path)]
    done = run("consolidate", *files, *words)
    assert "1 applied, 0 later, 1 for a person to settle" in done.output
    assert "the phrase does not stand in this provision" in done.output
    written = outputs["txt"].read_text(encoding="utf-8")
    assert "được sửa đổi, bổ sung bởi:" in written
    assert "Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1" in written
    assert all(path.stat().st_size > 1000 for path in outputs.values())


def test_json_holds_what_was_done_and_what_was_not(files):
    said = json.loads(run("consolidate", *files, "--json").output)
    assert [row["provision"] for row in said["applied"]] == ["khoản 1 Điều 4"]
    assert [row["why"] for row in said["unsettled"]] == ["the phrase does not stand in this provision"]
    before = json.loads(run("consolidate", *files, "--json", "--as-of", "30/06/2024").output)
    assert (before["applied"], len(before["later"])) == ([], 2)


def test_history_tells_the_words_before_and_after(files):
    (row,) = json.loads(run("consolidate", *files, "--history", "art_4__para_1", "--json").output)
    assert row["before"].startswith("1. Hồ sơ được lập trong năm.")
    assert row["after"] == "1. Hồ sơ theo Điều 9 của Luật này."
    assert "was not changed" in run("consolidate", *files, "--history", "art_1").output


def test_references_definitions_instructions_and_hints_are_listed(files):
    base, amending = files
    (order, other) = json.loads(run("instructions", amending, "--json").output)
    assert (order["action"], order["law"], other["old"]) == ("replace", "01/2011/QH13", "không có")
    assert "khoản 1 Điều 4" in run("instructions", amending).output
    assert json.loads(run("references", base, "--json").output)[0]["words"] == "Luật này"
    assert run("references", base, "--broken").output.startswith("0 references")
    assert json.loads(run("definitions", base, "--json").output) == []
    assert json.loads(run("hints", base, "--json").output) == []


def test_a_date_that_is_none_and_a_file_that_is_none_are_refused(files, tmp_path):
    assert "is not a date" in run("consolidate", *files, "--as-of", "31/02/2024", code=2).output
    assert "is not NUMBER=DATE" in run("consolidate", *files, "--in-force", "2024-01-01", code=2).output
    noise = tmp_path / "noise.txt"
    noise.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert run("references", noise, code=1).output.startswith("Error: ")
