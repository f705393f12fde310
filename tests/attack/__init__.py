"""Attacks that were tried on Sala, replayed: one module a subject, one function an attack."""

from importlib import import_module

from tests.attack.target import ATTACKS, Attack

SUBJECTS = ("filing", "files", "database", "inbox", "sessions", "privacy", "audit_log", "fuzz")


def attacks() -> list[Attack]:
    """Every attack, in the order of the subjects."""
    for subject in SUBJECTS:
        import_module(f"tests.attack.{subject}")
    return ATTACKS
