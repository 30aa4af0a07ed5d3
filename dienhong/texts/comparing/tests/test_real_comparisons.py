"""Real laws: two transcriptions of one law differ in noise only; an old and a new law are matched as read by eye."""

from __future__ import annotations

import pytest

from dienhong.texts.comparing import Comparison, Status, compare
from dienhong.texts.comparing.applying import apply
from dienhong.texts.reading import read
from dienhong.texts.tree import Kind
from tests.data import data_folder

pytestmark = pytest.mark.data

TXT, VLC, VBPL = "laws/laws_tvpl/txt", "laws/laws_vlc/corpus", "laws/laws_vbpl_docx/docx"
SOUND = {Status.SAME, Status.FORMATTING, Status.TONE, Status.SPELLING, Status.PUNCTUATION}


def of(old: str, new: str) -> Comparison:
    folder = data_folder()
    if folder is None or not (folder / old).exists() or not (folder / new).exists():
        pytest.skip("the real data is not beside this checkout")
    before, after = read(folder / old), read(folder / new)
    found = compare(before, after)
    made = apply(found, before)
    assert [(n.id, n.text) for n in made.walk()] == [(n.id, n.text) for n in after.walk()]
    return found


@pytest.mark.parametrize(
    ("old", "new", "truly_different"),
    [
        (f"{VLC}/bo-luat-dan-su.txt", f"{TXT}/Bo-luat-dan-su-2015-296215.txt", 0),
        (f"{TXT}/Bo-luat-dan-su-2015-296215.txt", f"{VBPL}/VBPL_95942.docx", 4),
        (f"{VLC}/bo-luat-lao-dong.txt", f"{TXT}/Bo-Luat-lao-dong-2019-333670.txt", 2),
        (f"{VLC}/luat-to-chuc-quoc-hoi.txt", f"{TXT}/Luat-To-chuc-Quoc-hoi-2014-259784.txt", 0),
    ],
)
def test_two_transcriptions_differ_in_noise_and_known_slips_only(old: str, new: str, truly_different: int) -> None:
    articles = list(of(old, new).of_kind(Kind.ARTICLE))
    assert all(m.old and m.new and m.old.number == m.new.number for m in articles)
    assert sum(1 for m in articles if not set(m.statuses) <= SOUND) <= truly_different


def test_the_public_investment_law_of_2019_is_matched_to_that_of_2014_as_read_by_eye() -> None:
    found = of(f"{TXT}/Luat-Dau-tu-cong-2014-238646.txt", f"{TXT}/Luat-Dau-tu-cong-2019-362113.txt")
    pairs = {m.old.number: m.new.number for m in found.of_kind(Kind.ARTICLE) if m.old and m.new}
    known = {"1": "1", "24": "25", "25": "24", "34": "29", "46": "43", "57": "54", "76": "68", "86": "78", "91": "83"}
    known |= {"104": "96", "105": "98", "106": "101", "107": "100"}
    assert {old: pairs.get(old) for old in known} == known
    gone = {m.old.number for m in found.of_kind(Kind.ARTICLE) if m.old and not m.new}
    assert {"29", "30", "31", "62", "63", "69", "108"} <= gone
    came = {m.new.number for m in found.of_kind(Kind.ARTICLE) if m.new and not m.old}
    assert {"42", "97", "99"} <= came
