"""Keeping (sao lưu, phục hồi): the whole office in one file, and back again, checked on the way in and out.

archive.py    the file: a tar with the manifest first, the database, and every stored file
databases.py  how each kind of database is copied and put back
office.py     `back_up` and `put_back`: the order of work and what is verified
"""
