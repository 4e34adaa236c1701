"""One line an event, as JSON: which request, which account. Never a name, a query string or a form's content."""

from __future__ import annotations

import re
from typing import Any

import structlog

from fujing.kernel.actor import current

# PostgreSQL repeats the refused row in these lines of its message.
ROW_CONTENT = re.compile(r"\n(?:DETAIL|CONTEXT):[^\n]*")


def _with_actor(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    actor = current()
    if actor.name:
        event.setdefault("request", actor.request_id)
        event.setdefault("account", actor.account_id)
    return event


def _without_rows(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: ROW_CONTENT.sub("", value) if isinstance(value, str) else value for key, value in event.items()}


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    _with_actor,
]


def configuration() -> dict[str, Any]:
    """Django's LOGGING; other libraries' records leave in the same form as ours."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _without_rows,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "fujing": {"level": "INFO"},
            # Every request has a line of its own; only what broke needs a second.
            "django.request": {"level": "ERROR"},
        },
    }
