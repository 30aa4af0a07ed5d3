"""The register (sổ tổ chức): people, bodies, posts and terms as of a day, with what was and what will be."""
