"""The library answers by words with and without marks, by phrase, by number and by provision."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.folding import fold
from dienhong.texts import actions
from dienhong.texts.asking import asked, excerpt
from dienhong.texts.intake import take_in
from dienhong.texts.searching import search
from tests.cast import at_eight

LAWS = ("luat-minh-hoa.txt", "luat-sua-doi-minh-hoa.txt", "du-thao-1.txt")


@pytest.fixture
def _library(db):
    for name in LAWS:
        intake = take_in(files("dienhong.demo").joinpath("laws", name).read_bytes(), name)
        actions.upload_text(actor=keeper("test"), intake=intake, at=at_eight())


def eids(question: str) -> list[str]:
    return [hit.row.eid for hit in search(question).hits]


@pytest.mark.usefixtures("_library")
def test_words_are_found_with_and_without_marks():
    assert eids("thời hạn mượn")[0] == "art_17"
    assert eids("thoi han muon")[0] == "art_17"
    assert eids("THỜI HẠN MƯỢN")[0] == "art_17"


@pytest.mark.usefixtures("_library")
def test_a_word_that_stands_everywhere_finds_nothing_by_itself_beside_a_rarer_one():
    hits = search("dieu zzzz muon").hits
    said = [f"{hit.row.folded} {hit.row.about}" for hit in hits]
    assert "muon" in said[0]
    assert connection.vendor != "sqlite" or all("muon" in words for words in said)
    assert search("dieu").hits  # asked alone it is answered
    assert search("dieu zzzz").hits  # and so where nothing rarer is left of the question


@pytest.mark.usefixtures("_library")
def test_the_same_marks_come_first():
    first = search("bản đồ").hits[0]
    assert "bản đồ" in first.row.text
    assert any(marked and "bản đồ" in piece for piece, marked in first.excerpt)


@pytest.mark.usefixtures("_library")
def test_a_phrase_stands_as_it_is_written():
    assert eids("“giữ kín việc đọc”") == ["art_15"]
    assert eids('"kin viec doc"') == ["art_15"]
    assert eids("“việc đọc giữ kín”") == []


@pytest.mark.usefixtures("_library")
def test_a_number_finds_its_work_however_it_is_written():
    for question in ("901/2019/QH14", "luật số 901/2019/qh14", "901/2019"):
        assert [work.number for work in search(question).works] == ["901/2019/QH14"], question


@pytest.mark.usefixtures("_library")
def test_a_provision_is_found_by_its_name():
    for question in ("điều 17 luật minh họa về thư viện làng", "Điều 17 của Luật 901/2019/QH14"):
        jump = search(question).jumps[0]
        assert (jump.row.eid, jump.work.number) == ("art_17", "901/2019/QH14")
    assert search("điểm b khoản 2 điều 9 luật thu vien lang").jumps[0].row.eid == "art_9__para_2__point_b"
    assert search("điều 99 luật minh họa về thư viện làng").jumps == []


@pytest.mark.usefixtures("_library")
def test_signs_of_the_query_language_are_only_words():
    for question in ('"', "NEAR(", "* ^ -", "{folded} : x", "—", "\x00"):
        found = search(question)
        assert (found.hits, found.works, found.jumps) == ([], [], []), question
    assert eids("' OR 1=1") == eids("or 1 1")
    plain = eids("thư viện làng")
    assert plain
    for signs in ('"thư viện làng', "thư* viện^ làng)", "(thư viện làng", "{thư} viện : làng", "thư viện làng \x00 —"):
        assert eids(signs) == plain, signs


@given(st.text(max_size=80))
def test_any_question_is_read_and_folded(question: str):
    read = asked(question)
    assert all(word == word.lower() for word in read.words)
    assert len(read.folded) == len(read.words)


@given(st.text(alphabet="aăbdđeê .,;\n", max_size=300), st.text(alphabet="aăbdđeê ", max_size=20))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, question: str):
    shown = "".join(piece for piece, _ in excerpt(text, asked(question))).removeprefix("… ").removesuffix(" …")
    assert shown.strip() in text
    for piece, marked in excerpt(text, asked(question)):
        assert not marked or set(fold(piece).split()) <= set(asked(question).folded)


# -- the same on a real PostgreSQL ------------------------------------------------------------------------------------

#: One office for all questions: starting a process takes longer than answering.
ASK = """
import json, sys
from dienhong.commands import open_office
open_office()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from dienhong.foundation.access.actor import keeper
from dienhong.texts import actions
from dienhong.texts.intake import take_in
from dienhong.texts.searching import search
from dienhong.demo.cast import at_eight
from pathlib import Path
by, at = keeper("test"), at_eight()
for name in sys.argv[2:]:
    version = actions.upload_text(actor=by, intake=take_in(Path(name).read_bytes(), name), at=at)
    actions.seal_version(actor=by, version_id=version.pk, accept_doubts=True, at=at)
answers = {}
for question in json.loads(sys.argv[1]):
    found = search(question)
    answers[question] = ([jump.row.eid for jump in found.jumps], [hit.row.eid for hit in found.hits])
print(json.dumps(answers))
"""


@pytest.mark.postgres
def test_postgresql_answers_alike_and_keeps_what_is_sealed(postgres_url: str, tmp_path: Path):
    folder = Path(str(files("dienhong.demo").joinpath("laws")))
    asked_for = ["thời hạn mượn", "thoi han muon", "“thời hạn mượn là 14 ngày”", "khoản 2 điều 17 901/2019/QH14"]
    asked_for.append("mượn sách trong bao nhiêu ngày thì phải trả và được gia hạn mấy lần")
    env = {**os.environ, "DIENHONG_DATABASE_URL": postgres_url, "DIENHONG_HOME": str(tmp_path)}
    made = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(asked_for), *(str(folder / name) for name in LAWS)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    answers = json.loads(made.stdout.splitlines()[-1])
    for question in (*asked_for[:3], asked_for[4]):
        assert answers[question][1][0] == "art_17", question
    assert answers[asked_for[3]][0] == ["art_17__para_2"]
    with psycopg.connect(postgres_url) as connection:
        for statement in (
            "UPDATE texts_version SET label = 'x'",
            "DELETE FROM texts_provisiontext",
            "UPDATE texts_provisiontext SET text = ''",
            "TRUNCATE texts_version CASCADE",
        ):
            with pytest.raises(psycopg.Error, match="sealed version"), connection.transaction():
                connection.execute(statement)
