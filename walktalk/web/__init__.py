"""Flask: the pages and files that people open in a browser."""

from walktalk.web.app import create_app

__all__ = ["create_app"]
