"""The tags of the kit: what they say, in which words, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from dienhong.desks import rail
from dienhong.desks.icons import ICONS
from dienhong.desks.templatetags import kit

DESKS = Path(kit.__file__).resolve().parent.parent
AT = dt.datetime(2023, 11, 24, 2, 41, 7, tzinfo=dt.UTC)


def shown(source: str, **context: object) -> str:
    """What a template shows."""
    with timezone.override("Asia/Ho_Chi_Minh"):
        return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    ['{% icon "moon" %}', '{% mark "X" %}', '{% chip "angry" "x" %}'],
)
def test_what_the_kit_does_not_have_is_a_fault_of_the_template(source):
    with pytest.raises(TemplateSyntaxError, match=r"there are|one of"):
        shown(source)


def test_a_mark_says_its_meaning():
    assert 'title="read in the full legal text"' in shown('{% mark "L" %}')
    assert 'data-m="S"' in shown('{% mark "S" %}')


def test_words_from_people_are_escaped():
    for source in (
        "{% chip 'run' w %}",
        "{% empty w w %}",
        "{% act w '/x/' %}",
        "{% act w reason=w %}",
        "{% figure 1 w %}",
    ):
        said = shown(source, w="<script>")
        assert "<script>" not in said
        assert "&lt;script&gt;" in said


def test_days_and_times_are_time_elements_in_the_zone_of_the_office():
    assert shown("{% moment at %}", at=AT) == '<time datetime="2023-11-24T02:41:07+00:00">24 Nov 2023, 09:41</time>'
    assert shown("{% day at %}", at=AT) == '<time datetime="2023-11-24">24 Nov 2023</time>'
    assert shown('{% clock at "seconds" %}', at=AT).endswith(">09:41:07</time>")
    assert shown("{% day nothing %} {{ nothing|num }} {{ nothing|day }}") == "not known not known not known"


def test_a_vote_bar_says_everything_in_words_too():
    said = shown("{% votebar in_favour=468 against=2 abstain=3 base=494 need=248 %}")
    assert 'aria-label="468 in favour, 2 against, 3 abstaining, of 494; 248 needed"' in said
    with translation.override("vi"):
        said = shown("{% votebar in_favour=1468 against=2 abstain=3 base=1494 need=748 %}")
    assert "1.468 tán thành, 2 không tán thành, 3 không biểu quyết, trên 1.494 đại biểu; cần 748" in said


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 500))
def test_a_vote_bar_never_leaves_its_frame_and_never_hides_a_vote(in_favour, against, abstain, absent):
    base = in_favour + against + abstain + absent
    if not base:
        return
    parts = [("for", in_favour), ("against", against), ("abstain", abstain)]
    drawn = kit.bars(parts, base)
    assert [bar.kind for bar in drawn] == [kind for kind, count in parts if count]
    end = 0.0
    for bar in drawn:
        assert float(bar.x) >= end
        assert float(bar.width) >= 1
        end = float(bar.x) + float(bar.width)
    assert end <= kit.BAR + 0.2


def test_a_tally_counts_shares_of_all_deputies():
    said = shown("{% tally in_favour=468 against=2 abstain=3 base=494 %}")
    assert re.findall(r"<td[^>]*>([^<]+)</td>", said) == ["468", "94.74%", "2", "0.40%", "3", "0.61%", "473", "95.75%"]
    assert "Took part, of 494" in said


def test_a_hemicycle_says_its_counts():
    said = shown("{% hemicycle seats 'Hall' %}", seats=["for", "for", "against"])
    assert 'aria-label="3 seats. In favour: 2, Against: 1"' in said
    assert said.count("<path") == 2


def test_an_act_with_a_reason_is_visible_and_no_link():
    said = shown('{% act "Close the vote" "/close/" reason="Not yours." %}')
    assert "/close/" not in said
    assert "<summary" in said
    assert "Not yours." in said
    said = shown('{% act "Cancel" "/cancel/" grave=True key="X" %}')
    assert 'href="/cancel/" data-confirm data-key="X"' in said


def test_a_figure_without_rows_is_no_link_and_a_gap_is_said():
    said = shown('{% figure None "laws" missing="July is not in the record" %}')
    assert "<a" not in said
    assert "not known" in said
    assert "July is not in the record" in said


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the decision")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    counts = forms.BooleanField(label="Counts", required=False)
    note = forms.CharField(label="Note", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_an_error_stands_at_the_field_and_is_tied_to_it():
    form = Sample({"name": "", "kind": "z"})
    said = shown("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name-hint id_name-error"' in said
    assert 'aria-invalid="true"' in said
    assert said.index("This field is required.") < said.index("<input")
    assert said.index("<label") < said.index("As in the decision")


def test_the_summary_links_to_the_fields_and_names_them():
    said = shown("{% errors form %}", form=Sample({"name": "", "kind": "z"}))
    assert '<a href="#id_name">Name: This field is required.</a>' in said
    assert 'href="#id_kind_0"' in said
    assert 'role="alert"' in said
    assert shown("{% errors form %}", form=Sample()).strip() == ""


def test_each_kind_of_field_has_its_label():
    form = Sample()
    assert "<legend>Kind</legend>" in shown("{% field form.kind %}", form=form)
    assert re.search(
        r'<label class="tick" for="id_counts"><input[^>]+id="id_counts"[^>]*> Counts</label>',
        shown("{% field form.counts %}", form=form),
    )
    assert "(optional)" in shown("{% field form.note %}", form=form)
    assert "<label" not in shown("{% field form.secret %}", form=form)


@pytest.mark.parametrize("name", sorted(ICONS))
def test_each_icon_is_well_formed(name):
    from xml.etree import ElementTree

    drawn = ElementTree.fromstring(f"<svg>{ICONS[name]}</svg>")  # raises where it is not
    shapes = {"circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect"}
    assert {part.tag for part in drawn.iter()} - {"svg"} <= shapes
    assert len(drawn) > 0


# -- rail -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def _empty_rail(monkeypatch):
    import_module("dienhong.urls")  # the desks enter the rail when their addresses are first read
    monkeypatch.setattr(rail, "ENTRIES", [])


@pytest.mark.usefixtures("_empty_rail")
def test_the_rail_shows_desks_that_exist_to_those_who_may_enter_in_their_order():
    always: Any = {"shown": lambda request: True}
    rail.add(rail.Entry("journal", "Journal", "set_language", "journal", end=True, **always))
    rail.add(rail.Entry("chamber", "Chamber", "set_language", "chamber", order=20, go="c", **always))
    rail.add(rail.Entry("today", "Today", "set_language", "today", order=10, **always))
    rail.add(rail.Entry("gone", "Gone", "no-such-desk:home", "today", **always))
    rail.add(rail.Entry("closed", "Closed", "set_language", "today", shown=lambda request: False))
    entries = rail.rail(RequestFactory().get("/"))["rail"]
    assert [entry["key"] for entry in entries] == ["today", "chamber", "journal"]


@pytest.mark.usefixtures("_empty_rail")
def test_the_rail_refuses_an_unknown_sign_and_a_letter_taken_twice():
    rail.add(rail.Entry("chamber", "Chamber", "x", "chamber", go="c"))
    rail.add(rail.Entry("chamber", "Chamber", "x", "chamber", go="c"))
    with pytest.raises(ValueError, match="g c"):
        rail.add(rail.Entry("calendar", "Calendar", "x", "today", go="c"))
    with pytest.raises(ValueError, match="not drawn"):
        rail.add(rail.Entry("moon", "Moon", "x", "moon"))
    assert len(rail.ENTRIES) == 1


# -- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "403_csrf.html"])
def test_error_pages_need_no_context_and_no_database(name):
    with translation.override("vi"):
        said = get_template(name).render({})
    assert 'lang="vi"' in said
    assert "<h1>" in said


def test_no_template_or_script_holds_inline_style_script_or_an_address_outside():
    found: list[str] = []
    for path in [*DESKS.rglob("*.html"), *(DESKS.parent / "static/dienhong").rglob("*.*")]:
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
        if path.suffix == ".html":
            found += [
                f"{path.name}: {m}" for m in re.findall(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)[^>]*>", text)
            ]
        outside = re.findall(r"(?:https?:)?//[\w.-]+\.\w{2,}", text)
        found += [f"{path.name}: {address}" for address in outside if "www.w3.org/2000/svg" not in address + text[:60]]
    assert found == []


def test_every_class_of_icon_and_sheet_named_in_templates_exists():
    sheets = {path.stem for path in (DESKS.parent / "static/dienhong/css").glob("*.css")} | {"fonts"}
    for path in DESKS.rglob("*.html"):
        for names in re.findall(r'\{% styles "([^"]+)" %\}', path.read_text(encoding="utf-8")):
            assert set(names.split()) <= sheets, path
