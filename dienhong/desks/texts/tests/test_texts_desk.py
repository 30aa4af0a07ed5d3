"""The clerk keeps the library through real pages; a deputy reads in it."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from dienhong.demo import texts as demo
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.files import store
from dienhong.texts.models import State, TextDoubt, Version, Work
from dienhong.texts.storing import text_of
from dienhong.work.models import Dossier
from tests.cast import Cast, at_eight

pytestmark = pytest.mark.django_db


def sign_in(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def clerk(cast: Cast):
    """The clerk's browser on the day of the demonstration."""
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    yield sign_in(cast.clerk)
    Shift.forget()


@pytest.fixture
def library(clerk: Client) -> Client:
    """The clerk's browser, and the texts of the demonstration in the library."""
    demo.load(keeper("demo"), at_eight())
    return clerk


def law(name: str) -> bytes:
    return files("dienhong.demo").joinpath("laws", name).read_bytes()


def bring(client: Client, content: bytes, name: str, **more):
    return client.post("/texts/upload", {"file": SimpleUploadedFile(name, content), **more})


def test_an_uploaded_law_is_shown_with_its_doubts_and_read_when_it_is_sealed(clerk: Client):
    answer = bring(clerk, law("du-thao-1.txt"), "du-thao-1.txt", label="Dự thảo 1")
    version = Version.objects.get()
    assert answer.headers["Location"] == f"/texts/versions/{version.pk}/doubts"
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "No full stop after the number of the article." in page
    assert "Line 18 of the source" in page
    assert "Điều 4 Ngày đọc sách" in page
    first, second = TextDoubt.objects.order_by("line")
    clerk.post(f"/texts/doubts/{first.pk}", {"how": "accepted"})
    form = f"/texts/versions/{version.pk}/correct/{second.eid}"
    fields = clerk.get(f"{form}?doubt={second.pk}").context["form"].initial
    answer = clerk.post(f"{form}?doubt={second.pk}", {**fields, "number": "b", "label": "b)"})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert set(TextDoubt.objects.values_list("how", flat=True)) == {"accepted", "corrected"}
    assert clerk.post(f"/texts/versions/{version.pk}/seal").status_code == 302
    version.refresh_from_db()
    assert version.state == State.SEALED
    page = clerk.get(f"/texts/versions/{version.pk}/").content.decode()
    assert 'id="art_5__point_b"' in page
    assert clerk.get(f"/texts/versions/{version.pk}/original").getvalue() == law("du-thao-1.txt")


def test_two_people_settling_one_doubt_are_told_who_was_first(clerk: Client):
    bring(clerk, law("du-thao-1.txt"), "a.txt")
    doubt = TextDoubt.objects.order_by("line").first()
    assert doubt is not None
    clerk.post(f"/texts/doubts/{doubt.pk}", {"how": "accepted"})
    answer = clerk.post(f"/texts/doubts/{doubt.pk}", {"how": "noted", "note": "tôi nghĩ khác"}, follow=True)
    assert "Trần Thị Khánh Vân already settled this doubt" in answer.content.decode()
    doubt.refresh_from_db()
    assert (doubt.how, doubt.note) == ("accepted", "")


def test_a_correction_of_a_draft_that_changed_meanwhile_is_refused(clerk: Client):
    bring(clerk, law("du-thao-2.txt"), "a.txt")
    version = Version.objects.get()
    form = f"/texts/versions/{version.pk}/correct/art_1"
    fields = clerk.get(form).context["form"].initial
    clerk.post(form, {**fields, "heading": "Một"})
    answer = clerk.post(form, {**fields, "heading": "Hai"})
    assert answer.status_code == 422
    assert "Somebody else changed this draft" in answer.content.decode()
    version.refresh_from_db()
    assert text_of(version).body[0].heading == "Một"


def archive(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


BAD = {
    "empty": (b"", "The file is empty."),
    "noise": (bytes(range(256)) * 40, "full of control characters"),
    "rtf": (b"{\\rtf1 x}", "This is RTF."),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word format"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "by a password"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "This is a picture (PNG)."),
    "entities": (
        b'<?xml version="1.0"?><!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">&x;</akomaNtoso>',
        "declares a document type or entities",
    ),
    "broken xml": (b"<akomaNtoso><act>", "not well-formed"),
    "bomb": (archive(word__document_xml=b" " * 60_000_000), "it is not opened"),
    "damaged": (b"PK\x03\x04" + b"\x00" * 100, "its archive cannot be opened"),
    "workbook": (archive(xl__workbook_xml=b"<x/>"), "workbook or a presentation"),
    "no text": (b"<html><body></body></html>", "The HTML holds no text."),
    "pdf": (b"%PDF-1.7\n\x00\x01garbage", "The PDF is damaged"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_at_its_field_and_nothing_is_kept(clerk: Client, kind: str):
    content, said = BAD[kind]
    kept = list(store().names())
    answer = bring(clerk, content, "luat.docx")
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["file"])
    assert not Work.objects.exists()
    assert list(store().names()) == kept


def test_every_sentence_about_a_bad_file_is_said_in_vietnamese(clerk: Client):
    for content, _ in BAD.values():
        with translation.override("vi"):
            answer = clerk.post(
                "/texts/upload",
                {"file": SimpleUploadedFile("x", content)},
                headers={"accept-language": "vi"},
            )
        said = answer.context["form"].errors["file"][0]
        assert any(letter in said.lower() for letter in "ệượ"), said


def test_the_library_is_listed_filtered_and_searched(library: Client):
    page = library.get("/texts/").content.decode()
    assert "Luật Minh họa về thư viện làng" in page
    assert "2 to settle" in page
    page = library.get("/texts/?kind=bill").content.decode()
    assert "901/2019/QH14" not in page
    assert library.get("/texts/?term=14&year=2019").context["page"].paginator.count == 1
    page = library.get("/texts/?q=thoi+han+muon").content.decode()
    assert "<mark>Thời hạn mượn</mark>" in page
    found = library.get("/texts/?q=điều 17 luật minh họa về thư viện làng")
    assert [jump.row.eid for jump in found.context["found"].jumps] == ["art_17"]
    rows = json.loads(library.get("/texts/library.json").content)["works"]
    assert rows[0]["uri"] == "/akn/vn/act/law/2019/901-2019-QH14"


def test_references_lead_to_other_works_of_the_library(library: Client):
    base = Work.objects.get(number="901/2019/QH14")
    draft = Version.objects.filter(work__kind="bill").first()
    assert draft is not None
    assert f'href="/texts/works/{base.pk}/"' in library.get(f"/texts/versions/{draft.pk}/").content.decode()
    answer = library.get("/texts/akn/vn/act/law/2019/901-2019-QH14")
    assert answer.headers["Location"] == f"/texts/works/{base.pk}/"
    assert library.get("/texts/akn/vn/act/law/1901/1-1901").status_code == 404


def test_a_law_is_read_as_it_stood_on_a_day(library: Client):
    work = Work.objects.get(number="901/2019/QH14")
    for day, words in {
        "": "21 ngày",
        "01/06/2023": "14 ngày",
        "01/07/2023": "21 ngày",
        "01/01/2000": "14 ngày",
    }.items():
        page = library.get(f"/texts/works/{work.pk}/", {"as_of": day}).content.decode()
        assert f"Thời hạn mượn là {words}" in page, day


def test_an_article_shows_its_history_with_the_law_that_changed_it(library: Client):
    work = Work.objects.get(number="901/2019/QH14")
    answer = library.get(f"/texts/works/{work.pk}/article?number=17", follow=True)
    page = answer.content.decode()
    assert "Changed once since the first version." in page
    assert "<del>14</del>" in page
    assert "<ins>21</ins>" in page
    assert "khoản 5 Điều 1, 902/2022/QH15" in page
    assert library.get(f"/texts/works/{work.pk}/article?number=99").status_code == 404


def test_two_versions_are_compared_and_taken_away(library: Client):
    first, second = Version.objects.filter(work__kind="bill").order_by("pk")
    query = f"a={first.pk}&b={second.pk}&level=clause"
    page = library.get(f"/texts/compare?{query}").content.decode()
    assert "Điều 2 → Điều 3" in page or "Article 2 → Article 3" in page
    for form, begins in {"docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "json": b"{"}.items():
        answer = library.get(f"/texts/compare.{form}?{query}")
        assert answer.content.startswith(begins)
    assert library.get("/texts/compare?a=1&b=999999").status_code == 422


def test_a_version_is_taken_away_in_every_form(library: Client):
    version = Version.objects.get(kind="consolidated")
    begins = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE", "txt": b"", "json": b"{", "akn": b"<?xml"}
    for form, start in begins.items():
        answer = library.get(f"/texts/versions/{version.pk}/download.{form}")
        assert answer.status_code == 200
        assert answer.content.startswith(start), form
    said = json.loads(library.get(f"/texts/versions/{version.pk}/download.json").content)
    assert (said["digest"], said["number"], said["as_of"]) == (version.digest, "901/2019/QH14", "2023-07-01")
    from dienhong.texts.akn import validate

    assert validate(library.get(f"/texts/versions/{version.pk}/download.akn").content) == []
    assert library.get(f"/texts/versions/{version.pk}/download.exe").status_code == 404


def test_a_law_is_consolidated_from_the_page(library: Client):
    base = Version.objects.get(work__number="901/2019/QH14", kind="passed")
    amending = Version.objects.get(work__number="902/2022/QH15")
    offered = library.get(f"/texts/consolidate?base={base.pk}").context["form"]
    assert offered.fields["amending"].initial == [amending.pk]
    chosen = {"base": str(base.pk), "amending": str(amending.pk), "day": "01/01/2024"}
    page = library.get("/texts/consolidate", chosen).content.decode()
    assert "7 instructions applied, 0 later, 1 for a person to settle." in page
    assert "khoản 5 Điều 20 is not in the text." in page
    answer = library.post("/texts/consolidate", chosen)
    made = Version.objects.latest("pk")
    assert answer.headers["Location"] == f"/texts/versions/{made.pk}/doubts"
    assert text_of(made).find("art_13a") is not None
    assert library.post("/texts/consolidate", chosen).status_code == 422  # the same again is already there
    page = library.get(f"/texts/works/{base.work_id}/versions").content.decode()
    assert "Hợp nhất đến 01/01/2024" in page


def test_a_deputy_reads_but_keeps_nothing(library: Client, cast: Cast):
    account = cast.deputies[0].account
    assert account is not None
    deputy = sign_in(account)
    assert "/texts/upload" not in deputy.get("/texts/").content.decode()
    version = Version.objects.filter(state=State.DRAFT).first()
    assert version is not None
    assert deputy.get(f"/texts/versions/{version.pk}/").status_code == 200
    for address in ("upload", f"versions/{version.pk}/seal", f"versions/{version.pk}/doubts"):
        assert deputy.get(f"/texts/{address}").status_code == 403
    assert Client().get("/texts/").status_code == 302


def test_a_work_is_tied_to_its_dossier_and_a_draft_discarded(library: Client):
    Dossier.objects.create(code="luat-doc-sach", kind="law", title="Luật đọc sách", folded="luat doc sach")
    work = Work.objects.get(kind="bill")
    assert library.post(f"/texts/works/{work.pk}/dossier", {"code": "không có"}).status_code == 422
    assert library.post(f"/texts/works/{work.pk}/dossier", {"code": "luat-doc-sach"}).status_code == 302
    for version in Version.objects.filter(work=work).order_by("-pk"):
        library.post(f"/texts/versions/{version.pk}/discard")
    assert not Work.objects.filter(kind="bill").exists()


def test_all_pages_are_there_in_vietnamese(library: Client, cast: Cast):
    vi = sign_in(cast.clerk, "vi")
    version = Version.objects.filter(state=State.DRAFT).first()
    assert version is not None
    addresses = ("", "?q=sách", "upload", "compare", "consolidate", f"versions/{version.pk}/", "library.json")
    for address in (*addresses, f"versions/{version.pk}/doubts", f"works/{version.work_id}/versions"):
        assert vi.get(f"/texts/{address}").status_code == 200, address
    assert "Nhập văn bản" in vi.get("/texts/").content.decode()
