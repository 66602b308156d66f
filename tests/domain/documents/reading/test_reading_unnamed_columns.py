"""Bảng không có tên cột sau một bảng có tên cột: read under the names of the table above, if it is made alike."""

from __future__ import annotations

from reading_texts import read_text

HEAD = """UBND HUYỆN NA RÌ
Số: 55/KH-UBND
Na Rì, ngày 14 tháng 3 năm 2022

KẾ HOẠCH
Xây dựng nông thôn mới huyện Na Rì, tỉnh Bắc Kạn năm 2022

I. NHIỆM VỤ
1. Công tác chỉ đạo

TT\tNội dung công việc\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
1\tKiện toàn Ban Chỉ đạo\tPhòng Nội vụ\tVăn phòng Điều phối\tTháng 3/2022
2\tHọp giao ban hằng quý\tVăn phòng Điều phối\tUBND các xã\tHằng quý

2. Công tác kiểm tra

"""


def test_the_second_group_of_a_table_of_work_is_read() -> None:
    rows = (
        "1\tKiểm tra xã Cường Lợi\tVăn phòng Điều phối\tPhòng Tài chính - Kế hoạch\tTháng 6/2022\n"
        "2\tThẩm tra hồ sơ xã Kim Lư\tTổ thẩm tra\tCác phòng phụ trách tiêu chí\tQuý IV/2022\n"
    )
    tasks = read_text(HEAD + rows).tasks
    assert [(task.what, task.lead, task.deadline.text) for task in tasks[2:] if task.deadline] == [
        ("Kiểm tra xã Cường Lợi", "Văn phòng Điều phối", "Tháng 6/2022"),
        ("Thẩm tra hồ sơ xã Kim Lư", "Tổ thẩm tra", "Quý IV/2022"),
    ]


def test_a_table_made_otherwise_keeps_its_unnamed_columns() -> None:
    figures = "1\tCường Lợi\t12\t14\t2\n2\tKim Lư\t15\t17\t2\n"
    narrow = "1\tKiểm tra xã Cường Lợi\tTháng 6/2022\n2\tThẩm tra hồ sơ xã Kim Lư\tQuý IV/2022\n"
    for rows in (figures, narrow):
        assert len(read_text(HEAD + rows).tasks) == 2
