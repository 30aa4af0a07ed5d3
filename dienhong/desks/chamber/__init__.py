"""The chamber (hội trường): the desk of the clerk and of the chair. Sessions, agendas, votes."""
