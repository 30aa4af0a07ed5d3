"""The desk of texts (bàn văn bản): the library of laws, the reader, comparing, consolidating, bringing texts in."""
