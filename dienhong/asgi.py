"""The office as an ASGI application: the live lane in front, the pages on a thread pool behind it."""

from __future__ import annotations

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dienhong.settings")

from a2wsgi import WSGIMiddleware

from dienhong.wsgi import application as pages  # makes Django ready, so it stands before what needs it

from dienhong.foundation.live.admission import Admission  # isort: skip
from dienhong.foundation.letters.postman import Postman  # isort: skip
from dienhong.foundation.live.health import Live, Ready  # isort: skip
from dienhong.foundation.live.hub import Hub  # isort: skip
from dienhong.foundation.live.lane import App, Lane  # isort: skip
from dienhong.foundation.live.stream import Events  # isort: skip
from dienhong.polls.box import Ballots  # isort: skip
from dienhong.warming import warm  # isort: skip


def office() -> Lane:
    """One server process of the office, warm."""
    warm()
    hub, admission = Hub(), Admission()
    events = Events(hub, admission)
    return Lane(
        pages=cast("App", WSGIMiddleware(cast("Any", pages), workers=8)),
        routes=(events, Ballots(hub, admission), Live(), Ready(events)),
        beside=(Postman(hub.pulse),),
    )


application = office()
