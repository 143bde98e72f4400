"""导入: how a document under review is laid out, and how one item is mended."""
