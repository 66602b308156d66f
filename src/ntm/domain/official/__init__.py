"""Ngôn ngữ văn bản: the language of official documents, read and written."""
