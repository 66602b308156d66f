"""Mọi thay đổi của kế hoạch: one function a verb; authority, rule, change, audit, in one transaction."""
