"""Việc của phòng sổ theo dõi: recording, correcting, withdrawing, taking in a workbook."""
