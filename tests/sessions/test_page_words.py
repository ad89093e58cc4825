"""What every page a link opens says: an account's own words, else neutral ones."""

from dataclasses import asdict
from gettext import NullTranslations

from sqlalchemy.orm import Session, sessionmaker

from walktalk.sessions.page_words import PageWords, page_words, set_page_words
from walktalk.sessions.store.models import Account
from walktalk.wording import Language, spoken


class _Loud(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


def test_neutral_words_saved_unchanged_are_nobodys_own_in_whatever_language_they_were_shown(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        kept = db.merge(account)
        with spoken(Language("en_GB", _Loud())):
            shown = page_words(kept)
            assert shown.guide == PageWords.guide.upper()
            set_page_words(db, kept, asdict(shown) | {"reach": "At the gate.", "late": ""})
        assert page_words(kept) == PageWords(reach="At the gate.", late="")
        assert kept.page_words == {"reach": "At the gate.", "late": ""}
        set_page_words(db, kept, asdict(PageWords()))
        assert kept.page_words is None


def test_neutral_words_that_were_kept_with_an_account_count_as_nobodys_own(
    account: Account,
) -> None:
    account.page_words = asdict(PageWords(bring="A hat."))
    with spoken(Language("en_GB", _Loud())):
        assert page_words(account).stop == PageWords.stop.upper()
        assert page_words(account).bring == "A hat."
