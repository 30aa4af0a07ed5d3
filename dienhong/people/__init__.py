"""People (con người, tổ chức): who is who, on a given day. Terms, bodies, persons, posts, holdings, mandates."""
