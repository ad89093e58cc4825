"""The client's page: one link, no account, no cookie, no trace."""

from walktalk.web.client.views import blueprint

__all__ = ["blueprint"]
