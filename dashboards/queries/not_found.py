"""What an address can name without the warehouse having it."""


class UnknownArea(Exception):
    """No area of this country has this code."""


class UnknownPeriod(Exception):
    """There are no figures for such a period."""


class UnknownTable(Exception):
    """No page has such a table."""


class UnknownReceipt(Exception):
    """No file was given such a receipt."""
