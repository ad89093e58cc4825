"""Log lines that never hold a client's link."""

import logging
import re
from types import TracebackType

from flask import Flask, Response, request
from flask.logging import wsgi_errors_stream

REQUESTS = "walktalk.requests"
"""Name of the logger that says one line a request."""

_WALK_ADDRESS = re.compile(r"/(w|setup)/[^/\s\"'?#)]+")

ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def redact(text: str) -> str:
    """Return the text with the secret part of every link replaced."""
    return _WALK_ADDRESS.sub(r"/\1/***", text)


class _Redact(logging.Filter):
    """Takes secrets out of a record before any handler sees it, its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


class QuietApp(Flask):
    """Flask that names a route, never an address, when something goes wrong."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log an exception under the rule of the route that raised it."""
        self.logger.error("Exception on %s [%s]", _rule(), request.method, exc_info=exc_info)


def start_logging(app: Flask) -> None:
    """Log one line a request (method, route, status), with every link's secret left out."""
    handler = logging.StreamHandler(wsgi_errors_stream)  # type: ignore[call-overload]
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in ("walktalk", "waitress"):
        logging.getLogger(name).handlers[:] = [handler]
    for name in (app.logger.name, REQUESTS, "waitress"):
        logging.getLogger(name).filters[:] = [_Redact()]
    logging.getLogger("walktalk").setLevel(logging.INFO)
    app.after_request(_log_request)


def _log_request(response: Response) -> Response:
    logging.getLogger(REQUESTS).info("%s %s %d", request.method, _rule(), response.status_code)
    return response


def _rule() -> str:
    return request.url_rule.rule if request.url_rule is not None else "(no such address)"
