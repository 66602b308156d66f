"""Soạn thảo văn bản: content as frozen objects -> docx, xlsx, pdf in the layout of decree 30/2020. Objects in, bytes out."""
