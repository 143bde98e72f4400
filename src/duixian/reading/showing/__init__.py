"""A reading shown to people: why each field reads as it does, one page beside the original, tables for a spreadsheet.

Pure: from a `Reading` to text or bytes; who writes the file is the caller.
"""
