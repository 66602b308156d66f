"""Câu hỏi cho phòng sổ theo dõi: entries of a unit and below it, what plans count from them."""
