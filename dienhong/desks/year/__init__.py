"""The desk of the year (số liệu năm): the figures of a year or a term, each opening the rows behind it."""
