"""Việc được ghi: the closed list of verbs, each with the label and the sentence that people read.

A new service adds its verb here. Curly words come from the entry's detail; what stands in square brackets is left
out when the detail lacks its word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["VERBS", "Verb", "label", "sentence"]


@dataclass(frozen=True, slots=True)
class Verb:
    """Việc: name `<thing>.<verb>`, a short label for filters, and the sentence of one entry."""

    name: str
    label: str
    sentence: str


_LINES = (
    # Số liệu và hiện trạng
    ("observation.record", "Ghi số liệu", "Ghi số liệu[ chỉ tiêu {indicator}][: {value}][ {measure}]"),
    ("observation.correct", "Sửa số liệu", "Thay số liệu[ chỉ tiêu {indicator}][ từ {before}][ thành {value}]"),
    ("observation.withdraw", "Rút số liệu", "Rút số liệu[ chỉ tiêu {indicator}][: {reason}]"),
    ("observation.send", "Gửi thẩm tra", "Gửi thẩm tra[ {count} chỉ tiêu][ của bộ tiêu chí {set}]"),
    ("observation.verify", "Thẩm tra", "Thẩm tra[ chỉ tiêu {indicator}][: {value}]"),
    ("observation.return", "Trả lại", "Trả lại số liệu[ chỉ tiêu {indicator}][, lý do: {reason}]"),
    ("observation.appraise", "Thẩm định", "Thẩm định[ chỉ tiêu {indicator}][: {value}]"),
    ("observation.import", "Nhập số liệu hàng loạt", "Nhập[ {count} số liệu][ từ tệp {file}]"),
    ("observation.carry", "Mang số liệu sang đơn vị mới", "Mang số liệu sang đơn vị kế thừa[: {reason}]"),
    ("gap.record", "Ghi hạng mục còn thiếu", "Ghi hạng mục còn thiếu[ của chỉ tiêu {indicator}][: {description}]"),
    ("gap.close", "Xong hạng mục còn thiếu", "Đóng hạng mục còn thiếu[ của chỉ tiêu {indicator}]"),
    ("campaign.open", "Mở đợt rà soát", "Mở đợt rà soát hiện trạng[ «{title}»][, hạn {due}]"),
    ("campaign.close", "Khoá đợt rà soát", "Khoá đợt rà soát hiện trạng[ «{title}»]"),
    ("campaign.reopen", "Mở lại đợt rà soát", "Mở lại đợt rà soát đã khoá[ «{title}»][, lý do: {reason}]"),
    ("campaign.extend", "Gia hạn đợt rà soát", "Gia hạn đợt rà soát hiện trạng[ «{title}»][ đến {due}]"),
    ("standing.rebuild", "Dựng lại hiện trạng", "Dựng lại hiện trạng từ số liệu[: {count} khoảng]"),
    ("title.decide", "Quyết định danh hiệu", "Ghi quyết định danh hiệu[ {title}][ theo {decision}]"),
    ("title.revoke", "Thu hồi danh hiệu", "Ghi quyết định thu hồi danh hiệu[ {title}][ theo {decision}]"),
    # Tệp
    ("evidence.attach", "Đính kèm minh chứng", "Đính kèm tệp[ «{file}»][ cho chỉ tiêu {indicator}]"),
    ("evidence.release", "Gửi minh chứng", "Gửi[ {count} tệp minh chứng] cùng số liệu"),
    ("evidence.detach", "Gỡ minh chứng", "Gỡ tệp[ «{file}»][, lý do: {reason}]"),
    ("document.store", "Lưu tệp", "Lưu tệp[ «{file}»]"),
    ("document.read", "Đọc văn bản", "Cho máy đọc văn bản[ «{file}»]"),
    ("document.decide", "Xem nội dung máy đọc", "Xem nội dung máy đọc được[ từ «{file}»][: {count} mục][, {decision}]"),
    ("document.answer", "Trả lời phát hiện", "Trả lời phát hiện[ về «{file}»][: {answer}]"),
    ("document.confirm", "Xác nhận nội dung văn bản", "Xác nhận[ {count} mục] máy đọc được[ từ «{file}»]"),
    ("document.withdraw", "Rút văn bản đã tải lên", "Rút văn bản đã tải lên[ «{file}»][, lý do: {reason}]"),
    # Tiêu chí và văn bản pháp luật
    ("criteria.import", "Nạp bộ tiêu chí", "Nạp bộ tiêu chí[ {set}][ của văn bản {instrument}]"),
    ("criteria.check", "Đối chiếu với văn bản", "Ký đã đối chiếu với văn bản[ {instrument}][, {place}]"),
    ("criteria.uncheck", "Rút chữ ký đối chiếu", "Rút chữ ký đã đối chiếu[ bộ {set}][, {place}][, lý do: {reason}]"),
    ("criteria.withdraw", "Rút bộ tiêu chí", "Rút bộ tiêu chí[ {set}][, lý do: {reason}]"),
    ("instrument.add", "Thêm văn bản", "Thêm văn bản[ {instrument}]"),
    ("instrument.withdraw", "Rút văn bản", "Rút văn bản[ {instrument}] khỏi danh mục[, lý do: {reason}]"),
    ("instrument.change", "Sửa thông tin văn bản", "Sửa thông tin văn bản[ {instrument}]"),
    # Đơn vị hành chính
    ("unit.load", "Nạp danh mục đơn vị", "Nạp danh mục đơn vị hành chính[: {count} đơn vị]"),
    ("unit.village_create", "Thêm thôn", "Thêm thôn[ {name}]"),
    ("unit.village_import", "Nhập danh sách thôn", "Nhập danh sách thôn[: {count} thôn]"),
    ("unit.merge", "Sáp nhập đơn vị", "Sáp nhập đơn vị[ thành {name}][ theo {decision}]"),
    ("unit.split", "Chia tách đơn vị", "Chia tách đơn vị[ {name}][ theo {decision}]"),
    ("unit.rename", "Đổi tên đơn vị", "Đổi tên đơn vị[ từ {before}][ thành {name}][ theo {decision}]"),
    ("unit.transfer", "Chuyển đơn vị", "Chuyển đơn vị[ {name}][ về {parent}][ theo {decision}]"),
    ("unit.abolish", "Giải thể đơn vị", "Giải thể đơn vị[ {name}][ theo {decision}]"),
    ("unit.create", "Lập đơn vị", "Lập đơn vị[ {name}][ theo {decision}]"),
    ("unit.change", "Thay đổi đơn vị", "Thay đổi đơn vị hành chính[ {name}][ theo {decision}]"),
    ("unit.undo", "Huỷ thay đổi đơn vị", "Huỷ thay đổi chưa có hiệu lực[: {change}]"),
    ("unit.date", "Ghi ngày thay đổi đơn vị", "Ghi ngày và quyết định của thay đổi[ {change}][ theo {decision}]"),
    ("unit.status", "Đổi diện của đơn vị", "Ghi vùng, nhóm xã hoặc diện đặc thù[: {status}][ theo {decision}]"),
    # Con người, cơ quan
    ("user.create", "Tạo tài khoản", "Tạo tài khoản[ {username}]"),
    ("user.close", "Khoá tài khoản", "Khoá tài khoản[ {username}]"),
    ("user.reopen", "Mở lại tài khoản", "Mở lại tài khoản[ {username}]"),
    ("user.password", "Đặt mật khẩu", "Đặt lại mật khẩu[ cho {username}]"),
    ("user.second_factor", "Xoá xác thực hai bước", "Xoá xác thực hai bước[ của {username}][, lý do: {reason}]"),
    ("user.import", "Nhập tài khoản", "Nhập[ {count} tài khoản][ từ tệp]"),
    ("office.create", "Lập chức danh", "Lập chức danh[ {office}]"),
    ("office.demonstration_day", "Đặt ngày minh hoạ", "Đặt ngày minh hoạ[ của {office}][: {day}]"),
    ("office.give", "Giao chức danh", "Giao[ {username}][ chức danh {office}][ từ {start}]"),
    ("office.end", "Kết thúc chức danh", "Kết thúc[ chức danh {office}][ của {username}][ từ {end}]"),
    ("office.choose", "Chọn chức danh", "Chọn làm việc với[ chức danh {office}]"),
    ("body.create", "Lập cơ quan", "Lập cơ quan[ {name}]"),
    ("body.end", "Kết thúc cơ quan", "Kết thúc cơ quan[ {name}][ từ {end}]"),
    ("body.member", "Thành viên cơ quan", "Ghi thành viên[ {member}][, {position}][ của {name}]"),
    ("watch.assign", "Phân công phụ trách", "Phân công[ {watcher}][ phụ trách {what}][ từ {start}]"),
    ("watch.end", "Thôi phân công", "Thôi phân công[ {watcher}][ phụ trách {what}][ từ {end}]"),
    ("token.issue", "Cấp khoá API", "Cấp khoá API[ «{token}»][, hạn {expires}]"),
    ("token.revoke", "Thu hồi khoá API", "Thu hồi khoá API[ «{token}»]"),
    # Bảng tính, hệ thống
    ("workbook.download", "Tải bảng tính", "Tải bảng tính[ của bộ tiêu chí {set}]"),
    ("workbook.upload", "Nộp bảng tính", "Nộp bảng tính[ «{file}»][: nhận {taken} ô][, từ chối {refused} ô]"),
    ("backup.run", "Sao lưu", "Sao lưu dữ liệu[ ra {file}]"),
    ("backup.restore", "Khôi phục", "Khôi phục dữ liệu[ từ {file}]"),
    ("installation.declare", "Khai báo bản cài đặt", "Khai báo bản cài đặt[: {kind}]"),
    ("demo.load", "Nạp dữ liệu minh hoạ", "Nạp dữ liệu minh hoạ[: {scenario}]"),
)

VERBS: dict[str, Verb] = {name: Verb(name, text, template) for name, text, template in _LINES}
if len(VERBS) != len(_LINES):
    raise ValueError("audit/verbs.py lists a verb twice")

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"\{(\w+)\}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FIGURES = ("value", "before")  # written with a comma; a code such as 13.1 keeps its dot


def label(verb: str) -> str:
    """The short label of a verb; an old verb that is no longer listed shows its own name."""
    return VERBS[verb].label if verb in VERBS else verb


def sentence(verb: str, detail: Mapping[str, Any]) -> str:
    """The sentence of one entry, from what its detail holds."""
    if verb not in VERBS:
        return verb

    def fill(part: str) -> str:
        return _WORD.sub(lambda word: _shown(word.group(1), detail[word.group(1)]), part)

    def keep(found: re.Match[str]) -> str:
        words = _WORD.findall(found.group(1))
        return fill(found.group(1)) if all(detail.get(word) not in (None, "") for word in words) else ""

    return fill(_OPTIONAL.sub(keep, VERBS[verb].sentence)).rstrip(".") + "."


def _shown(word: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if word in _FIGURES and _DECIMAL.fullmatch(str(value)):
        return str(value).replace(".", ",")
    if day := _DAY.fullmatch(str(value)):
        return f"{int(day[3])}/{int(day[2])}/{day[1]}"
    return str(value)
