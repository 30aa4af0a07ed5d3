"""Addresses of the office: each desk brings its own (`PREFIX` and `urlpatterns` in its urls.py)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path

from dienhong import desks


def of_desks() -> list[URLPattern | URLResolver]:
    """The addresses of every desk that is there; a desk that is deleted is simply not found."""
    found: list[URLPattern | URLResolver] = []
    for desk in iter_modules(desks.__path__):
        name = f"{desks.__name__}.{desk.name}.urls"
        if desk.ispkg and find_spec(name):
            found.append(path(import_module(name).PREFIX, include(name)))
    return found


urlpatterns = [
    path("live/", include("dienhong.foundation.live.urls")),
    *of_desks(),
]
