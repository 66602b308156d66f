"""Mọi câu hỏi về kế hoạch: each takes a day; nothing here changes anything."""
