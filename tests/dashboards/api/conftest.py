"""The chain of two provinces with an account of every role, for the API as well."""

from tests.transforms.identity.conftest import chain

__all__ = ["chain"]
