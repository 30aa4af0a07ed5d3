"""`dienhong text parse` and `check` on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dienhong.cli import office
from dienhong.texts.reading.tests.made import source


@pytest.fixture
def law_file(tmp_path):
    path = tmp_path / "luat.txt"
    path.write_text(source("Chương I\nMỘT\nĐiều 1. Phạm vi\n1. Một:\na) Hai;\nb) Ba.\n3. Bốn."), encoding="utf-8")
    return path


def test_parse_prints_the_tree_as_json(law_file):
    result = CliRunner().invoke(office, ["text", "parse", str(law_file), "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert (said["number"], said["title"], said["date"], said["kind"]) == (
        "24/2023/QH15",
        "LUẬT LƯU TRỮ MẪU",
        "2023-11-24",
        "law",
    )
    article = said["tree"][0]["children"][0]
    assert {"kind", "number", "heading", "text", "id", "children", "line"} <= set(article)
    assert article["children"][0]["children"][1]["id"] == "art_1__para_1__point_b"
    assert [doubt["code"] for doubt in said["doubts"]] == ["clause-gap"]
    assert said["doubts"][0]["text"] == "3. Bốn."


def test_parse_prints_an_outline_to_read(law_file):
    result = CliRunner().invoke(office, ["text", "parse", str(law_file)])
    assert "Điều 1. Phạm vi  [art_1]" in result.output
    assert "clause-gap" in result.output


def test_parse_tells_in_one_line_what_it_cannot_read(tmp_path):
    path = tmp_path / "cu.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    result = CliRunner().invoke(office, ["text", "parse", str(path)])
    assert result.exit_code == 1
    assert "save it as DOCX" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_check_tells_of_every_file(law_file, tmp_path):
    (tmp_path / "rong.txt").write_text("")
    result = CliRunner().invoke(office, ["text", "check", str(tmp_path), "--json", "--read-only"])
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["files"], said["failed"]) == (2, 1)
    good, bad = sorted(said["findings"], key=lambda finding: finding["failed"])
    assert (good["articles"], good["chapters"], good["doubts"]) == (1, 1, ["clause-gap"])
    assert bad["error"] == "the file is empty"


def test_check_refuses_an_empty_folder(tmp_path):
    result = CliRunner().invoke(office, ["text", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "no file" in result.stderr
