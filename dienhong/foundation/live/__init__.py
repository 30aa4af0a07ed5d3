"""The live lane (trực tiếp): one event stream for all pages, a reader of the journal."""
