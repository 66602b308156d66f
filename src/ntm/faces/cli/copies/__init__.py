"""Bản sao lưu: one archive with every table as JSON lines and every stored file; SQLite and PostgreSQL read the same one.

`tables` says what is in it and how a value is written, `writing` makes the archive, `restoring` brings it back.
"""
