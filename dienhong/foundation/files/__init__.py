"""Files (kho tệp): a content-addressed store, in a local folder or in an S3-compatible service."""

from dienhong.foundation.files.store import BrokenFile, FileStore, NoSuchFile, StoreFull, store

__all__ = ["BrokenFile", "FileStore", "NoSuchFile", "StoreFull", "store"]
