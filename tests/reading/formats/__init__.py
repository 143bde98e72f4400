"""Tests of the file types: files are made here, read, and compared with what was put into them."""
