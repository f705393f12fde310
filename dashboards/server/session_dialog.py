"""What a page says to somebody whose session ended while they typed (dashboards/assets/session.js shows it)."""

from html import escape

from sala.translation.translator import Translator


def session_dialog(t: Translator) -> str:
    """A dialog as HTML that is closed until it is needed."""
    return (
        '<dialog id="session" aria-labelledby="session-title">'
        f'<h2 id="session-title">{escape(t("session.ended"))}</h2><p>{escape(t("session.kept"))}</p>'
        f'<p><a class="action strong" href="/sign-in?lang={t.language}" target="_blank" rel="opener">'
        f"{escape(t('account.sign_in'))}</a></p></dialog>"
    )
