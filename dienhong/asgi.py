"""The office as an ASGI application: the live lane in front, the pages on a thread pool behind it."""

from __future__ import annotations

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dienhong.settings")

from a2wsgi import WSGIMiddleware

from dienhong.foundation.live.lane import App, Lane
from dienhong.wsgi import application as pages

application = Lane(pages=cast("App", WSGIMiddleware(cast("Any", pages), workers=8)))
