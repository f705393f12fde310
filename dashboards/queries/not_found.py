"""What an address can name without the warehouse having it; `what` is the name."""

from sala.errors import NotFound


class _Named(NotFound):
    refusal = ""

    def __init__(self, what: str) -> None:
        super().__init__(self.refusal, what=what)


class UnknownArea(_Named):
    """No area of this country has this code."""

    refusal = "unknown_area"


class UnknownPeriod(_Named):
    """There are no figures for such a period."""

    refusal = "unknown_period"


class UnknownTable(_Named):
    """No page has such a table."""

    refusal = "unknown_table"


class UnknownReceipt(_Named):
    """No file was given such a receipt."""

    refusal = "unknown_receipt"
