"""Bảng tiêu chí và tổng hợp: units by criteria, two days compared, roll-ups, alarms; every figure opens to its rows."""
