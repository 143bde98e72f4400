"""A bulletin's content as an official document: .docx after GB/T 9704-2012, and PDF through LibreOffice."""

from duixian.bulletins.rendering.docx import render_docx
from duixian.bulletins.rendering.errors import (
    ConversionFailedError,
    ConversionTimeoutError,
    ConverterMissingError,
    PdfError,
)
from duixian.bulletins.rendering.pdf import to_pdf, to_pdfs

__all__ = [
    "ConversionFailedError",
    "ConversionTimeoutError",
    "ConverterMissingError",
    "PdfError",
    "render_docx",
    "to_pdf",
    "to_pdfs",
]
