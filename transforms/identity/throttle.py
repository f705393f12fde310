"""Wrong passwords make the next attempt wait: per account at one place, per place, and per account everywhere.

Nobody can be locked out by a stranger: a browser in which the account has signed in before stands for itself; what is
guessed elsewhere does not make it wait (OWASP's device cookies). Names that are no account are counted alike.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, text

from sala.errors import TooMany
from sql import warehouse


@dataclass(frozen=True)
class Patience:
    """So many wrong passwords are free; then the wait doubles from the first to the longest.

    They are forgotten after twice the longest wait.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta


ONE_ACCOUNT = Patience(5, timedelta(seconds=30), timedelta(hours=1))
"""For one account at one address, or in one familiar browser."""
ONE_ADDRESS = Patience(30, timedelta(seconds=30), timedelta(minutes=15))
"""For all accounts together, at one address."""
EVERYWHERE = Patience(50, timedelta(seconds=1), timedelta(seconds=10))
"""For one account, in all unfamiliar places together: its owner may be in one of them, and waits seconds."""


@dataclass(frozen=True)
class Place:
    """Where somebody signs in: an address, and the device if the account has signed in by it before."""

    address: str = ""
    familiar_device: str | None = None

    @property
    def network(self) -> str:
        """The address; of IPv6 its /64, of which one home has every address."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return self.address
        if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
            return str(IPv6Address(int(address) >> 64 << 64))
        return self.address


class Attempt:
    """One attempt to sign in, which is counted as a wrong password until it `succeeded`."""

    def __init__(self, name: str, place: Place) -> None:
        account = key_of(name)
        self._shared: dict[bytes, Patience] = {}
        if place.familiar_device is not None:
            self._own = key_of(name, "device", place.familiar_device)
        else:
            self._own = key_of(name, "address", place.network)
            self._shared = {key_of("", "address", place.network): ONE_ADDRESS, account: EVERYWHERE}
        self._of_account = {self._own: account, account: account}

    def begin(self) -> None:
        """Count it. Raises TooMany where it has to wait."""
        counted = {self._own: ONE_ACCOUNT} | self._shared
        with warehouse.acting(None) as connection:
            until = connection.execute(
                text("SELECT ledger.begin_attempt(:keys, :accounts, :free, :first, :longest)"),
                {
                    "keys": list(counted),
                    "accounts": [self._of_account.get(key) for key in counted],
                    "free": [patience.free for patience in counted.values()],
                    "first": [patience.first_wait for patience in counted.values()],
                    "longest": [patience.longest_wait for patience in counted.values()],
                },
            ).scalar()
        if until is not None:
            raise TooMany("sign_in_waits", until=f"{until:%H:%M:%S} UTC")

    def succeeded(self) -> None:
        """Take back what was counted."""
        with warehouse.acting(None) as connection:
            connection.execute(
                text("SELECT ledger.attempt_succeeded(:own, :shared)"),
                {"own": self._own, "shared": list(self._shared)},
            )


def forget_wrong_passwords(connection: Connection, name: str) -> None:
    """End the waits of an account, wherever it waits."""
    connection.execute(
        text("DELETE FROM ledger.failed_sign_in WHERE account = :account"), {"account": key_of(name)}
    )


def key_of(name: str, *more: str) -> bytes:
    """What an account, or an account at a place, is counted under: no name can be read in it."""
    return hashlib.sha256("\0".join((name, *more)).encode()).digest()
