"""The cast, on the stage."""

from tests.factories.fixtures import cast, stage

__all__ = ["cast", "stage"]
