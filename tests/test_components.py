"""Mail, files, cache and bus over real connections."""

from __future__ import annotations

import io
import re

import pytest
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from dienhong.foundation.files.store import BrokenFile, NoSuchFile, at, check
from dienhong.foundation.letters.models import Letter
from dienhong.settings import mail
from tests.backends import redis_url  # noqa: F401
from tests.cast import Cast
from tests.components import Letters, bucket_url, smtp  # noqa: F401
from tests.post import let_leave, use_server


# -- SMTP -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_forgotten_password_goes_out_by_smtp_in_vietnamese(cast: Cast, smtp: Letters, settings) -> None:  # noqa: F811
    use_server(settings, smtp.url)
    cast.clerk.email = "khanh.van@vidu.vn"
    cast.clerk.save()
    Client(headers={"accept-language": "vi"}).post("/sign-in/password/", {"email": "khanh.van@vidu.vn"})
    assert smtp.messages == [], "no page waits for the mail server"
    let_leave()
    assert len(smtp.messages) == 1
    letter = smtp.messages[0]
    assert letter["To"] == "khanh.van@vidu.vn"
    assert letter["Subject"] == "Đặt lại mật khẩu · Diên Hồng"
    words = letter.get_content()  # type: ignore[attr-defined]
    assert "khanh.van" in words
    assert re.search(r"http://testserver/sign-in/password/\S+-\S+-\S+/", words)


@pytest.mark.django_db
def test_a_mail_server_that_is_down_breaks_no_page_and_the_letter_waits(
    cast: Cast,
    settings,
    smtp: Letters,  # noqa: F811
) -> None:
    use_server(settings, "smtp://127.0.0.1:9")
    cast.clerk.email = "khanh.van@vidu.vn"
    cast.clerk.save()
    answer = Client().post("/sign-in/password/", {"email": "khanh.van@vidu.vn"})
    assert answer["Location"] == "/sign-in/password/sent/"
    assert let_leave().away
    use_server(settings, smtp.url)
    Letter.objects.update(next_try=None)
    let_leave()
    assert smtp.to == ["khanh.van@vidu.vn"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://h", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}),
        ("smtp+tls://u:p%40ss@h", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_HOST_PASSWORD": "p@ss"}),
        ("smtps://h:2465", {"EMAIL_PORT": 2465, "EMAIL_USE_SSL": True}),
    ],
)
def test_the_address_of_a_mail_server_is_read(url: str, expected: dict[str, object]) -> None:
    assert expected.items() <= mail(url).items()


@pytest.mark.parametrize("url", ["http://h", "smtp://", "mail.example"])
def test_a_wrong_address_of_a_mail_server_is_refused(url: str) -> None:
    with pytest.raises(Exception, match="DIENHONG_EMAIL_URL"):
        mail(url)


# -- files in both stores ---------------------------------------------------------------------------------------------
@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path):
    if request.param == "folder":
        return at(f"file://{tmp_path}/files")
    return at(request.getfixturevalue("bucket_url"))


def test_a_file_is_kept_by_its_digest_and_read_back(store) -> None:
    words = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam".encode() * 1000
    name = store.put(io.BytesIO(words))
    assert store.put(io.BytesIO(words)) == name
    with store.open(name) as content:
        assert content.read() == words
    assert store.has(name)
    assert name in list(store.names())
    check(store, name)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64, "abc"])
def test_a_file_that_is_not_there_is_said_to_be_missing(store, name: str) -> None:
    assert not store.has(name)
    with pytest.raises(NoSuchFile):
        store.open(name)


def test_a_file_changed_outside_the_office_is_found(store, tmp_path) -> None:
    name = store.put(io.BytesIO(b"as it was"))
    if hasattr(store, "client"):
        store.client.put_object(Bucket=store.bucket, Key=store.prefix + name, Body=b"as it is not")
    else:
        path = next(tmp_path.rglob(name))
        path.chmod(0o600)
        path.write_bytes(b"as it is not")
    with pytest.raises(BrokenFile):
        check(store, name)


# -- Redis ------------------------------------------------------------------------------------------------------------
@pytest.mark.redis
def test_the_count_of_tries_is_shared_through_redis(redis_url: str) -> None:  # noqa: F811
    one, other = RedisCache(redis_url, {}), RedisCache(redis_url, {})
    one.set("dienhong.test.tries", [1.0, 2.0], 10)
    assert other.get("dienhong.test.tries") == [1.0, 2.0]
    assert one.add("dienhong.test.lock", True, 10)
    assert not other.add("dienhong.test.lock", True, 10)
    one.delete_many(["dienhong.test.tries", "dienhong.test.lock"])


@pytest.mark.redis
def test_what_one_process_says_on_the_bus_another_hears(redis_url: str) -> None:  # noqa: F811
    import redis

    ear = redis.Redis.from_url(redis_url).pubsub(ignore_subscribe_messages=True)
    ear.subscribe("dienhong.test")
    ear.get_message(timeout=1)
    redis.Redis.from_url(redis_url).publish("dienhong.test", "heard")
    heard = ear.get_message(timeout=2)
    assert heard is not None
    assert heard["data"] == b"heard"
    ear.close()
