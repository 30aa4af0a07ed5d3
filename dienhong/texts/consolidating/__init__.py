"""Consolidating laws (hợp nhất văn bản): a law with its amending laws applied, as of a day. Pure Python."""
