"""Real components that tests start themselves: an OpenID Connect provider, an SMTP server, an S3-compatible store.

PostgreSQL and Redis are in `backends.py`: they run beside the tests or not at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.office import ROOT, free_port


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an OpenID Connect provider in a process of its own."""
    pytest.importorskip("oauthlib")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder: Path = tmp_path_factory.mktemp("provider")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DIENHONG_", "DJANGO_"))}
    environment |= {"PROVIDER_DATABASE": str(folder / "provider.sqlite3"), "PROVIDER_KEY": key.decode()}
    port = free_port()
    command = [sys.executable, "-m", "tests.provider", str(port), "http://testserver/sign-in/single/office/back/"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            pytest.fail(f"the provider did not start: {(folder / 'log').read_text()[-2000:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


class Letters:
    """What an SMTP server was given, and how it is to answer: `refuse` by recipient, `cut` inside a letter."""

    def __init__(self) -> None:
        self.url = ""
        self.messages: list[Message] = []
        self.refuse: dict[str, str] = {}  # recipient -> what the server says to it
        self.sender = ""  # what it says to every sender
        self.cut: set[str] = set()  # recipients at whose letter the connection breaks
        self.taken: Callable[[str], None] = lambda _to: None  # told of each letter before it is acknowledged
        self.connections = 0

    @property
    def to(self) -> list[str]:
        """The recipients, in the order in which their letters came."""
        return [str(message["To"]) for message in self.messages]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]

    # the names are those that aiosmtpd calls
    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, said: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return said

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if self.sender:
            return self.sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        from email import message_from_bytes, policy

        if self.cut & set(envelope.rcpt_tos):
            server.transport.close()
            return "421 gone"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.taken(envelope.rcpt_tos[0])
        return "250 OK"


@pytest.fixture
def smtp() -> Iterator[Letters]:
    """A real SMTP server on loopback; it keeps what it is given."""
    from aiosmtpd.controller import Controller

    letters = Letters()
    port = free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    letters.url = f"smtp://127.0.0.1:{port}"
    try:
        yield letters
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def bucket_url() -> Iterator[str]:
    """The address of an S3-compatible store (moto's server), as DIENHONG_FILES_URL takes it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="office",
        aws_secret_access_key="a secret/with+signs",
    ).create_bucket(Bucket="office")
    try:
        yield f"s3://office:a%20secret%2Fwith%2Bsigns@office/files?endpoint={endpoint}"
    finally:
        server.stop()
