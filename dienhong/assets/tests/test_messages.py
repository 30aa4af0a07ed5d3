"""Catalogues: parts are merged, conflicts refused, and nothing the interface says is left without a translation."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from click.testing import CliRunner

from dienhong.assets import messages
from dienhong.assets.commands import messages_group

HEAD = r"""msgid ""
msgstr ""
"Language: vi\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


@pytest.fixture
def locale(tmp_path):
    (tmp_path / "locale/vi/LC_MESSAGES/parts").mkdir(parents=True)
    return tmp_path / "locale"


@pytest.fixture
def package(tmp_path):
    (tmp_path / "package/desks/seat/templates/seat").mkdir(parents=True)
    (tmp_path / "package/polls").mkdir(parents=True)
    return tmp_path / "package"


def part(locale: Path, name: str, body: str) -> None:
    (locale / f"vi/LC_MESSAGES/parts/{name}.po").write_text(HEAD + body, encoding="utf-8")


def test_parts_become_one_catalogue(locale):
    part(locale, "a", 'msgid "Vote"\nmsgstr "Biểu quyết"\n\nmsgctxt "month"\nmsgid "May"\nmsgstr "Tháng Năm"\n')
    part(locale, "b", 'msgid "%(n)s deputy"\nmsgid_plural "%(n)s deputies"\nmsgstr[0] "%(n)s đại biểu"\n')
    assert messages.build(locale) == {"vi": 3}
    with (locale / "vi/LC_MESSAGES/django.mo").open("rb") as stream:
        built = gettext.GNUTranslations(stream)
    assert built.gettext("Vote") == "Biểu quyết"
    assert built.pgettext("month", "May") == "Tháng Năm"
    assert built.ngettext("%(n)s deputy", "%(n)s deputies", 5) == "%(n)s đại biểu"


def test_the_same_translation_twice_is_no_conflict(locale):
    part(locale, "a", 'msgid "Vote"\nmsgstr "Biểu quyết"\n')
    part(locale, "b", 'msgid "Vote"\nmsgstr "Biểu quyết"\n')
    assert messages.build(locale) == {"vi": 1}


def test_two_translations_of_one_message_are_refused_and_both_parts_named(locale):
    part(locale, "a", 'msgid "Vote"\nmsgstr "Biểu quyết"\n')
    part(locale, "b", 'msgid "Vote"\nmsgstr "Bỏ phiếu"\n')
    with pytest.raises(messages.BadCatalogue, match=r"a\.po.*b\.po"):
        messages.build(locale)
    assert not (locale / "vi/LC_MESSAGES/django.mo").exists()


@pytest.mark.parametrize("string", ["%(m)s phiếu", "phiếu", "{n} phiếu"])
def test_a_translation_with_other_placeholders_is_refused(locale, string):
    part(locale, "a", f'msgid "%(n)s ballots"\nmsgstr "{string}"\n')
    with pytest.raises(messages.BadCatalogue, match="placeholders"):
        messages.build(locale)


def test_a_broken_part_is_named(locale):
    part(locale, "a", 'msgid "Vote"\nmsgstr:  "Biểu quyết"\n')
    with pytest.raises(messages.BadCatalogue, match=r"a\.po"):
        messages.build(locale)


def test_empty_and_doubtful_translations_count_as_missing(locale, package):
    part(locale, "a", 'msgid "Vote"\nmsgstr ""\n\n#, fuzzy\nmsgid "Close"\nmsgstr "Đóng"\n')
    (package / "polls/views.py").write_text('from x import gettext as _\na = _("Vote"), _("Close"), _("Open")\n')
    found = messages.untranslated("vi", locale=locale, package=package)
    assert sorted(source.msgid for source in found) == ["Close", "Open", "Vote"]


def test_messages_are_found_in_templates_however_they_are_written(locale, package):
    (package / "desks/seat/templates/seat/vote.html").write_text(
        """{% load i18n %}
        <p>{% translate "In favour" %}</p>
            {% trans 'Against' as word %}
      {% blocktranslate count n=total trimmed %}
          {{ n }} ballot
      {% plural %}
          {{ n }} ballots
      {% endblocktranslate %}
        {{ _("Abstain") }} {% translate "May" context "month" %}
        {% comment %} {% translate "Not said" %} {% endcomment %}
        """
    )
    found = {source.key: source for source in messages.sources(package)}
    assert set(found) == {
        ("In favour", None),
        ("Against", None),
        ("%(n)s ballot", None),
        ("Abstain", None),
        ("May", "month"),
    }
    assert found[("%(n)s ballot", None)].plural == "%(n)s ballots"
    assert found[("In favour", None)].line == 2
    assert messages.area_of(found[("In favour", None)].path, package) == "seat"


def test_a_plural_needs_a_plural_translation(locale, package):
    part(locale, "a", 'msgid "%(n)s ballot"\nmsgstr "%(n)s phiếu"\n')
    (package / "polls/views.py").write_text('a = ngettext("%(n)s ballot", "%(n)s ballots", 2)\n')
    assert [source.msgid for source in messages.untranslated("vi", locale=locale, package=package)] == ["%(n)s ballot"]


def test_an_area_sees_only_its_own(locale, package):
    (package / "polls/rules.py").write_text('a = gettext("Vote")\n')
    (package / "desks/seat/views.py").write_text('a = gettext("Seat")\n')
    (package / "desks/urls.py").write_text('a = gettext("Desk")\n')
    assert [s.msgid for s in messages.untranslated("vi", area="polls", locale=locale, package=package)] == ["Vote"]
    assert [s.msgid for s in messages.untranslated("vi", area="kit", locale=locale, package=package)] == ["Desk"]


def test_what_nobody_says_any_more_is_named_with_its_part(locale, package):
    part(locale, "a", 'msgid "Gone"\nmsgstr "Đã bỏ"\n')
    part(locale, "allauth", 'msgid "Theirs"\nmsgstr "Của thư viện"\n')
    assert messages.unused("vi", locale=locale, package=package) == [("a", "Gone")]


def test_the_interface_is_wholly_translated():
    missing = [f"{s.msgid!r} ({s.path.name}:{s.line})" for s in messages.untranslated("vi")]
    assert missing == []


def test_the_check_prints_json_and_ends_well_when_nothing_is_missing():
    result = CliRunner().invoke(messages_group, ["check", "--json"])
    assert (result.exit_code, result.stdout.strip()) == (0, "[]")
