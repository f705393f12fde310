"""The language of labels and messages in workbooks and schemas."""

from flask import request

from dashboards.api.fields import Language, Sent
from validators.contracts.contract import LANGUAGES


class LanguageQuery(Sent):
    """Which language."""

    language: Language = None

    @property
    def chosen(self) -> str:
        """That of the address, or else what the browser prefers of those that the messages have."""
        if self.language in LANGUAGES:
            return str(self.language)
        return request.accept_languages.best_match(LANGUAGES, "en") or "en"
