"""Serve the test provider: `python -m tests.provider PORT REDIRECT_URI`; prints "ready" when it answers."""

from __future__ import annotations

import os
import socketserver
import sys
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

PASSWORD = "mật khẩu ở nơi khác"
#: user name -> (e-mail, whether the provider has verified it)
PEOPLE = {
    "khanh.van": ("khanh.van@vidu.vn", True),
    "gia.mao": ("minh.thai@vidu.vn", False),
    "minh.thai": ("", False),
    "nguoi.la": ("nguoi.la@vidu.vn", True),
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        return


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


def prepare(redirect: str) -> None:
    """Tables, people and the office as a client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    for name, (email, verified) in PEOPLE.items():
        user = User.objects.create_user(name, email, PASSWORD)
        if email:
            EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    client = Client(id="office", name="Diên Hồng", skip_consent=True)
    client.set_secret("a secret between two")
    client.set_redirect_uris([redirect])
    client.set_scopes(["openid", "profile", "email"])
    client.save()


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.provider.settings"
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    prepare(sys.argv[2])
    server = make_server(
        "127.0.0.1", int(sys.argv[1]), get_wsgi_application(), server_class=Threads, handler_class=Quiet
    )
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
