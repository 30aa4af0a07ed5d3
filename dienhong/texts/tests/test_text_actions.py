"""Texts come in, are corrected, sealed and consolidated through actions; what is sealed stays as it is."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest
from django.db import DatabaseError, connection, transaction

from dienhong.foundation.access.actor import Actor, Refused, keeper
from dienhong.foundation.files import store
from dienhong.foundation.journal.queries import breaks, entries, told
from dienhong.texts import actions, queries
from dienhong.texts.intake import NotReadable, take_in
from dienhong.texts.models import Amendment, Provision, ProvisionText, TextDoubt, Version, Work
from dienhong.texts.packing import pack, unpack
from dienhong.texts.reading import read_text
from dienhong.texts.storing import set_small, text_of
from tests.cast import Cast, at_eight

pytestmark = pytest.mark.django_db
AT = at_eight()
BY = keeper("test")


def law_file(name: str) -> bytes:
    return files("dienhong.demo").joinpath("laws", name).read_bytes()


def bring(name: str = "luat-minh-hoa.txt", actor: Actor = BY, content: bytes = b"", **more) -> Version:
    return actions.upload_text(actor=actor, intake=take_in(content or law_file(name), name), at=AT, **more)


def words(version: Version, eid: str) -> str:
    node = text_of(version).find(eid)
    assert node is not None
    return node.text


def seal(version: Version) -> Version:
    return actions.seal_version(actor=BY, version_id=version.pk, accept_doubts=True, at=AT)


def laws() -> tuple[Version, Version]:
    return seal(bring()), seal(bring("luat-sua-doi-minh-hoa.txt"))


def test_an_upload_keeps_the_file_and_makes_a_work_with_a_draft(cast: Cast):
    version = bring(actor=cast.actor(cast.clerk))
    assert (version.work.title, version.work.number) == ("Luật Minh họa về thư viện làng", "901/2019/QH14")
    assert version.work.uri == "/akn/vn/act/law/2019/901-2019-QH14"
    assert (version.work.term, version.work.year, version.work.effective_on) == (14, 2019, dt.date(2020, 7, 1))
    assert (version.articles, version.chapters, version.sealed) == (25, 5, False)
    with store().open(version.file) as kept:
        assert kept.read() == law_file("luat-minh-hoa.txt")
    assert words(version, "art_17__para_1").startswith("Thời hạn mượn là 14 ngày")
    assert "uploaded “luat-minh-hoa.txt”" in told(entries()[:1])[0].sentence
    assert breaks() == []


def test_who_may_not_keep_texts_brings_nothing_in(cast: Cast):
    with pytest.raises(Refused):
        bring(actor=cast.deputy_actor(0))
    with pytest.raises(Refused):
        actions.seal_version(actor=cast.actor(cast.registrar), version_id=bring().pk, at=AT)


def test_a_file_that_cannot_be_read_leaves_nothing_behind():
    kept = list(store().names())
    with pytest.raises(NotReadable) as refusal:
        bring(content=b"{\\rtf1 hello}")
    assert str(refusal.value).startswith("This is RTF")
    assert refusal.value.field == "file"
    assert not Work.objects.exists()
    assert list(store().names()) == kept


def test_the_same_text_is_not_brought_in_twice():
    bring()
    with pytest.raises(actions.AlreadyThere):
        bring()
    assert Version.objects.count() == 1


def test_packing_gives_the_same_text_back_and_one_digest():
    text = read_text(law_file("luat-sua-doi-minh-hoa.txt").decode())
    packed, digest = pack(text)
    again = unpack(packed)
    assert again.body == text.body
    assert pack(again)[1] == digest


def test_provisions_keep_their_identity_when_they_get_another_number():
    first, second = bring("du-thao-1.txt", label="1"), bring("du-thao-2.txt", label="2")
    assert first.work == second.work
    assert second.valid_from is None

    def provision(version: Version, eid: str) -> int:
        return ProvisionText.objects.get(version=version, eid=eid).provision_id

    assert provision(first, "art_2") == provision(second, "art_3")
    assert provision(first, "art_2__para_1") == provision(second, "art_3__para_1")
    assert provision(first, "art_3") == provision(second, "art_5")
    assert provision(second, "art_2") not in {provision(first, "art_2"), provision(first, "art_3")}
    assert Provision.objects.get(pk=provision(first, "art_2")).eid == "art_3"
    stages = queries.stages(provision(first, "art_2"), [first, second])
    assert [stage.changed for stage in stages] == [False, True]


def test_two_people_settle_one_doubt_and_the_second_is_told(cast: Cast):
    version = bring("du-thao-1.txt")
    doubt = TextDoubt.objects.filter(version=version).first()
    assert doubt is not None
    assert doubt.eid == "art_4"
    clerk = cast.actor(cast.clerk)
    actions.settle_doubt(actor=clerk, doubt_id=doubt.pk, how="accepted", at=AT)
    with pytest.raises(actions.AlreadySettled, match="Trần Thị Khánh Vân"):
        actions.settle_doubt(actor=BY, doubt_id=doubt.pk, how="noted", note="x", at=AT)
    doubt.refresh_from_db()
    assert doubt.how == "accepted"


def test_a_correction_is_journaled_and_settles_its_doubt():
    version = bring("du-thao-1.txt")
    doubt = TextDoubt.objects.get(version=version, code="point-order")
    before = version.digest
    provision = ProvisionText.objects.get(version=version, eid="art_5__point_c").provision_id
    actions.correct_provision(
        actor=BY, version_id=version.pk, eid="art_5__point_c", number="b", label="b)", heading="", words="Mới.",
        digest=before, doubt_id=doubt.pk, at=AT,
    )  # fmt: skip
    version.refresh_from_db()
    doubt.refresh_from_db()
    assert words(version, "art_5__point_b") == "Mới."
    assert version.digest != before
    assert (doubt.how, doubt.eid) == ("corrected", "art_5__point_b")
    row = ProvisionText.objects.get(version=version, eid="art_5__point_b")
    assert row.provision_id == provision
    assert "b) Mới." in ProvisionText.objects.get(version=version, eid="art_5").text
    with pytest.raises(actions.Changed):
        actions.correct_facts(
            actor=BY, version_id=version.pk, title="Luật X", number="", kind="bill", date=None, digest=before, at=AT
        )


def test_facts_of_the_head_are_corrected_while_the_work_has_one_version():
    version = bring(content="Không có tên\nĐiều 1. Một\nNội dung.".encode())
    actions.correct_facts(
        actor=BY,
        version_id=version.pk,
        title="Luật Thử",
        number="77/2024/QH15",
        kind="law",
        date=dt.date(2024, 1, 2),
        at=AT,
    )
    work = Work.objects.get()
    assert (work.uri, work.title, work.term) == ("/akn/vn/act/law/2024/77-2024-QH15", "Luật Thử", 15)


def test_a_version_with_doubts_is_sealed_only_knowingly():
    version = bring("du-thao-1.txt")
    with pytest.raises(actions.OpenDoubts):
        actions.seal_version(actor=BY, version_id=version.pk, at=AT)
    assert seal(version).sealed
    assert not TextDoubt.objects.filter(settled_at__isnull=True).exists()


def test_nothing_in_a_sealed_version_is_changed_not_even_by_hand():
    version = seal(bring())
    with pytest.raises(actions.IsSealed):
        actions.correct_provision(
            actor=BY, version_id=version.pk, eid="art_1", number="1", label="Điều 1.", heading="x", words="", at=AT
        )
    with pytest.raises(actions.IsSealed):
        actions.discard_draft(actor=BY, version_id=version.pk, at=AT)
    row = ProvisionText.objects.filter(version=version).first()
    assert row is not None
    for statement in (
        f"UPDATE texts_version SET label = 'x' WHERE id = {version.pk}",
        f"DELETE FROM texts_version WHERE id = {version.pk}",
        f"UPDATE texts_provisiontext SET text = 'x' WHERE id = {row.pk}",
        f"DELETE FROM texts_provisiontext WHERE id = {row.pk}",
    ):
        with pytest.raises(DatabaseError, match="sealed version"), transaction.atomic():
            connection.cursor().execute(statement)
    row.pk, row.order = None, 9999
    with pytest.raises(DatabaseError, match="sealed version"), transaction.atomic():
        row.save(force_insert=True)


def test_a_draft_is_discarded_with_all_of_it_and_its_work():
    bring("du-thao-1.txt")
    version = bring("du-thao-2.txt")
    actions.discard_draft(actor=BY, version_id=version.pk, at=AT)
    assert Version.objects.count() == 1
    actions.discard_draft(actor=BY, version_id=Version.objects.get().pk, at=AT)
    assert not Work.objects.exists()
    assert not Provision.objects.exists()


def test_an_amending_law_is_tied_to_what_it_amends_whichever_comes_first():
    amending = bring("luat-sua-doi-minh-hoa.txt")
    assert Amendment.objects.get().amended is None
    base = bring()
    tie = Amendment.objects.get()
    assert (tie.amending, tie.amended, tie.orders, tie.doubtful) == (amending.work, base.work, 8, 0)


def test_a_law_is_consolidated_as_of_a_day_and_what_is_not_exact_becomes_a_doubt():
    base, amending = laws()
    day = dt.date(2023, 7, 1)
    version = actions.consolidate(actor=BY, base=base, amending=[amending], as_of=day, at=AT)
    text = text_of(version)
    assert words(version, "art_17__para_1") == "Thời hạn mượn là 21 ngày và được gia hạn hai lần."
    assert text.find("art_13a") is None
    rows = queries.applications(version)[0].rows
    assert [row["status"] for row in rows].count("applied") == 6
    assert [row["provision"] for row in rows if row["status"] == "later"] == ["Điều 13a"]
    doubt = TextDoubt.objects.get(version=version)
    assert (doubt.code, doubt.eid) == ("instruction", "art_20__para_5")
    later = actions.consolidate(actor=BY, base=base, amending=[amending], as_of=dt.date(2024, 1, 1), at=AT)
    assert text_of(later).find("art_13a") is not None
    changed = queries.changed_provisions(queries.versions_of(base.work_id))
    eids = {Provision.objects.get(pk=pk).eid for pk in changed}
    assert eids == {"art_3", "art_5", "art_7", "art_13a", "art_14", "art_17", "art_22"}


def test_a_consolidation_that_changes_nothing_is_refused():
    base, amending = laws()
    with pytest.raises(actions.NothingToApply):
        actions.consolidate(actor=BY, base=base, amending=[amending], as_of=dt.date(2021, 1, 1), at=AT)
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("LUẬT VIỄN THÔNG", "Luật Viễn thông"),
        ("LUẬT SỬA ĐỔI MỘT SỐ ĐIỀU CỦA LUẬT ĐẦU TƯ CÔNG", "Luật sửa đổi một số điều của Luật Đầu tư công"),
        ("BỘ LUẬT DÂN SỰ", "Bộ luật Dân sự"),
        ("LUẬT TỔ CHỨC QUỐC HỘI", "Luật Tổ chức Quốc hội"),
        ("Luật Thanh tra", "Luật Thanh tra"),
        ("LUẬT CÔNG TY SỐ 47-LCT/HĐNN8", "Luật Công ty số 47-LCT/HĐNN8"),
    ],
)  # fmt: skip
def test_a_title_printed_in_capitals_is_shown_as_running_text(printed: str, shown: str):
    assert set_small(printed) == shown


def test_signs_that_a_database_does_not_hold_stop_nothing():
    version = bring(content="LUẬT\nTHỬ\nĐiều 1. M\x00ột\nNội dung \x00 này.".encode())
    row = ProvisionText.objects.get(version=version, eid="art_1")
    assert "\x00" not in row.heading + row.text + row.folded
