"""What can be wrong with what was asked for."""


class DemoError(Exception):
    """A demonstration cannot be built as asked; the message is one Chinese line for the person who asked."""
