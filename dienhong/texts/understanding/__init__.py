"""Understanding a legal text: its references, definitions, amending instructions and drafting slips. Pure Python."""
