"""A short district plan as text, whose communes' list and criteria's list do not agree; read by the reader itself."""

from __future__ import annotations

from functools import lru_cache

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources.reader import read_source

TEXT = """
ỦY BAN NHÂN DÂN
HUYỆN VĂN QUAN

Số: 15/KH-UBND

Văn Quan, ngày 30 tháng 01 năm 2018

KẾ HOẠCH
Thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới huyện Văn Quan năm 2018

Căn cứ Quyết định số 1980/QĐ-TTg ngày 17 tháng 10 năm 2016 của Thủ tướng Chính phủ về Bộ tiêu chí
quốc gia về xã nông thôn mới giai đoạn 2016 - 2020. Ủy ban nhân dân huyện ban hành kế hoạch với nội dung sau:

I. MỤC ĐÍCH, YÊU CẦU

Huy động sức mạnh tổng hợp của cả hệ thống chính trị và toàn xã hội.

II. NỘI DUNG THỰC HIỆN

1. Mục tiêu:

Phấn đấu có thêm 01 xã đạt chuẩn nông thôn mới (Văn An); tăng bình quân 1,5 tiêu chí/xã.

- Xã Văn An: Phấn đấu chậm nhất 30/11/2018 đạt thêm các tiêu chí 2,3; duy trì các tiêu chí số 1,4 để được
công nhận xã nông thôn mới.

- Xã Tràng Phái: Phấn đấu đạt tiêu chí 3.

2. Nhiệm vụ và giải pháp:

- Tiêu chí số 02 Giao thông: Cứng hóa các tuyến đường trục xã. Phấn đấu thêm 01 xã đạt tiêu chí (Văn An).

- Tiêu chí số 03 Thủy lợi: Nâng cấp các công trình thủy lợi. Phấn đấu thêm 01 xã đạt tiêu chí (Tràng Phái).

- Tiêu chí số 04 Điện: Cải tạo lưới điện. Phấn đấu thêm 01 xã đạt tiêu chí (Văn An).

III. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp và Phát triển nông thôn: Chủ trì, phối hợp với các phòng, ban theo dõi việc thực hiện kế hoạch.

Trên đây là kế hoạch thực hiện năm 2018./.

Nơi nhận:
- Ban Chỉ đạo tỉnh;
- UBND các xã;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


@lru_cache(maxsize=1)
def reading() -> Reading:
    """The text as the reader understands it."""
    return read(read_source(TEXT.encode(), "ke-hoach-thu.txt"))
