"""Con người, cơ quan: who may do what, where and when."""
