"""The cast, on the stage."""

from tests.factories.fixtures import cast, counties, stage

__all__ = ["cast", "counties", "stage"]
