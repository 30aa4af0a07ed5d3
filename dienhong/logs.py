"""Structured logs: one line an event on stderr, JSON in production and readable otherwise.

Lines carry keys and numbers, never names, addresses, contents, tokens or query strings.
"""

from __future__ import annotations

import logging
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.typing import EventDict, Processor

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
#: Words that never stand in a log, whoever writes the line.
HIDDEN = {"password", "password1", "password2", "oldpassword", "token", "secret", "code", "credential", "email", "key"}


def without_secrets(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """The line without what must not be kept in logs."""
    for name in event:
        if name.lower() in HIDDEN:
            event[name] = "(hidden)"
    return event


def shared() -> list[Processor]:
    """What is done to every line, ours or another library's."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        without_secrets,
    ]


#: A line for each request is ours; Django's repeat the address with its query string.
QUIETER: dict[str, Any] = {
    "django.request": {"level": logging.ERROR},
    "django.server": {"level": logging.ERROR},
    "django.security": {"level": logging.WARNING},
    "uvicorn.access": {"level": logging.ERROR},
    "httpx": {"level": logging.WARNING},
    "botocore": {"level": logging.WARNING},
}


def configuration(style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING for this style ("json" or "text") and level; prepares structlog as well."""
    if style not in {"json", "text"}:
        raise ImproperlyConfigured(f"DIENHONG_LOG must be json or text, not {style!r}")
    if level not in LEVELS:
        raise ImproperlyConfigured(f"DIENHONG_LOG_LEVEL must be one of {', '.join(LEVELS)}, not {level!r}")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, timestamp_key="time")]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": shared(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"level": level, "propagate": True, "handlers": []}, **QUIETER},
    }
