"""The cast."""

from tests.factories.fixtures import cast

__all__ = ["cast"]
