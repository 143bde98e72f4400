"""What can go wrong when a bulletin becomes a PDF.

PdfError
├── ConverterMissingError    LibreOffice is not installed
├── ConversionTimeoutError   it did not finish in time
└── ConversionFailedError    it ended without a PDF
"""

from __future__ import annotations


class PdfError(Exception):
    """The PDF cannot be made. `str(error)` is one Chinese line for people."""


class ConverterMissingError(PdfError):
    """LibreOffice is not installed."""


class ConversionTimeoutError(PdfError):
    """LibreOffice did not finish in time."""


class ConversionFailedError(PdfError):
    """LibreOffice ended without a result."""
