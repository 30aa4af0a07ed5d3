"""The registrar keeps the register through real forms; readers see it as of any day."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.journal import queries as journal
from dienhong.people.models import Body, Holding, Mandate, Person, Post
from dienhong.people.queries import bodies_on, deputies_total, names_of_bodies
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db


def sign_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


@pytest.fixture
def registrar(cast: Cast) -> Client:
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    return sign_in(cast.registrar)


def test_every_page_of_the_register_opens(registrar: Client, cast: Cast) -> None:
    pages = ["", "people/", "deputies/", "terms/", f"bodies/{cast.office.pk}/", f"bodies/{cast.delegations[0].pk}/"]
    pages += [f"people/{cast.deputies[0].pk}/", "people/new", "bodies/new", "people/import", "terms/new"]
    for page in pages:
        answer = registrar.get(f"/register/{page}")
        assert answer.status_code == 200, (page, answer.content.decode()[:500])


def test_a_body_is_founded_renamed_and_ended_and_each_day_keeps_its_truth(registrar: Client, cast: Cast) -> None:
    answer = registrar.post(
        "/register/bodies/new",
        {
            "name": "Ban Dân nguyện",
            "code": "ban-dan-nguyen",
            "kind": "board",
            "parent": cast.assembly.pk,
            "since": "01/01/2022",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    body = Body.objects.get(code="ban-dan-nguyen")
    url = f"/register/bodies/{body.pk}"
    registrar.post(f"{url}/rename", {"name": "Ủy ban Dân nguyện và Giám sát", "since": "01/06/2023"})
    registrar.post(f"{url}/end", {"until": "31/10/2023", "basis": "Nghị quyết minh họa"})
    assert names_of_bodies([body.pk], DAY.replace(year=2022))[body.pk] == "Ban Dân nguyện"
    assert "Ủy ban Dân nguyện và Giám sát" in registrar.get(f"{url}/?as_of=01/09/2023").content.decode()
    assert body.pk not in {b.id for b in bodies_on(DAY)}
    assert (
        "Not in being on 24/11/2023" in registrar.get(f"{url}/").content.decode()
        or "24 Nov 2023" in registrar.get(f"{url}/").content.decode()
    )


def test_a_post_with_one_seat_is_not_given_twice(registrar: Client, cast: Cast) -> None:
    url = f"/register/bodies/{cast.office.pk}/posts/new"
    registrar.post(
        url, {"title": "Phó Chủ nhiệm", "code": "pho-chu-nhiem", "kind": "deputy_head", "seats": 1, "duties": ["staff"]}
    )
    post = Post.objects.get(code="pho-chu-nhiem")
    give = f"/register/posts/{post.pk}/give"
    assert registrar.post(give, {"person": "DB-001", "since": "01/01/2023"}).status_code == 302
    again = registrar.post(give, {"person": "Do Quoc Khuyen", "since": "01/02/2023"})
    assert again.status_code == 422
    assert "The post has 1 places and all are taken then." in again.content.decode()
    registrar.post(f"/register/holdings/{Holding.objects.get(post=post).pk}/leave", {"until": "31/01/2023"})
    assert registrar.post(give, {"person": "Do Quoc Khuyen", "since": "01/02/2023"}).status_code == 302


def test_the_total_of_deputies_follows_the_standing_of_each(registrar: Client, cast: Cast) -> None:
    before = deputies_total(DAY)
    mandate = Mandate.objects.get(person=cast.deputies[3])
    registrar.post(
        f"/register/mandates/{mandate.pk}/standing",
        {"status": "resigned", "since": "24/11/2023", "basis": "Nghị quyết"},
    )
    assert deputies_total(DAY) == before - 1
    assert deputies_total(DAY.replace(day=23)) == before


def test_people_are_found_with_and_without_marks_and_listed_by_given_name(registrar: Client) -> None:
    page = registrar.get("/register/people/?q=nguyen thi phuong lien").content.decode()
    assert "Nguyễn Thị Phượng Liên" in page
    page = registrar.get("/register/people/").content.decode()
    assert page.index("Bùi Thị Quế Ân") < page.index("Lò Thị Đào") < page.index("Đỗ Quốc Khuyến")


TABLE = """Mã;Họ và tên;Giới tính;Ngày sinh;Khóa;Đoàn ĐBQH;Chuyên trách;Ghi chú
DB-101;Trần Văn Ổn;Nam;01/02/1975;XV;Đoàn ĐBQH tỉnh Lạng Sơn;x;a
DB-102;Lê Thị Hường;Nữ;1980-05-06;XV;Gia Lai;;b
DB-001;Hoàng Thị Ngọc Ước;Nữ;03/03/1970;;;;c
"""


def bring(client: Client, content: bytes, name: str = "danh-sach.csv"):
    return client.post("/register/people/import", {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_table_is_shown_before_it_is_imported_and_importing_it_twice_changes_nothing(registrar: Client) -> None:
    answer = bring(registrar, TABLE.encode("utf-8-sig"))
    page = answer.content.decode()
    assert "2 new, 1 changed, 0 already there." in page
    assert "Ghi chú" in page
    assert not Person.objects.filter(code="DB-101").exists()
    url = answer.redirect_chain[-1][0]
    assert registrar.post(url).status_code == 302
    assert Mandate.objects.get(person__code="DB-101").full_time
    assert Person.objects.get(code="DB-001").born is not None
    count = journal.last_number()
    page = bring(registrar, TABLE.encode("utf-8-sig")).content.decode()
    assert "The register already holds every row of this table." in page
    assert journal.last_number() == count


def test_every_doubtful_row_is_named_and_must_be_accepted(registrar: Client) -> None:
    table = TABLE + "DB-103;TRẦN VĂN HOA;Nam;01/01/2015;XV;Gia Lai;;\n"
    answer = bring(registrar, table.encode())
    page = answer.content.decode()
    assert "The name looks unusual" in page
    assert "younger than 18" in page
    url = answer.redirect_chain[-1][0]
    assert registrar.post(url).status_code == 422
    assert not Person.objects.filter(code="DB-101").exists()
    assert registrar.post(url, {"accept": "on"}).status_code == 302
    assert Person.objects.filter(code="DB-103").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("DB-104;;Nam;;XV;Gia Lai;;", "The full name is missing."),
        ("DB-104;Lê Văn A;Namm;;XV;Gia Lai;;", "neither Nam nor Nữ"),
        ("DB-104;Lê Văn A;Nam;32/01/1970;XV;Gia Lai;;", "is no day"),
        ("DB-104;Lê Văn A;Nam;;XV;Đà Lạt;;", "Delegation “Đà Lạt” is not in the register."),
        ("DB-101;Lê Văn A;Nam;;XV;Gia Lai;;", "The code stands already in row 2."),
        ("DB-104;Lê Văn A;Nam;;XX;Gia Lai;;", "Term “XX” is not in the register."),
    ],
)
def test_one_wrong_row_stops_the_whole_table(registrar: Client, row: str, why: str) -> None:
    answer = bring(registrar, (TABLE + row + "\n").encode())
    assert why in answer.content.decode()
    assert registrar.post(answer.redirect_chain[-1][0]).status_code == 422
    assert not Person.objects.filter(code="DB-102").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02binary", b"PK\x03\x04nothing", b"only one line\n", "Tên\nAn\n".encode()]
)
def test_a_file_that_is_no_table_is_refused_in_words(registrar: Client, content: bytes) -> None:
    answer = bring(registrar, content, "hinh.xlsx")
    assert answer.status_code in {200, 422}
    assert 'class="err"' in answer.content.decode()
    assert not Person.objects.filter(code="DB-102").exists()


def test_a_spreadsheet_is_read_like_a_csv(registrar: Client) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in TABLE.splitlines():
        sheet.append(line.split(";"))
    packed = io.BytesIO()
    book.save(packed)
    assert "2 new, 1 changed" in bring(registrar, packed.getvalue(), "danh-sach.xlsx").content.decode()


def test_who_may_not_keep_the_register_is_told_and_sees_no_button(cast: Cast) -> None:
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    clerk = sign_in(cast.clerk)
    assert "New person" not in clerk.get("/register/people/").content.decode()
    answer = clerk.get("/register/people/new")
    assert answer.status_code == 403
    assert "Enter and correct persons" in answer.content.decode()
