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
    ("title.decide", "Quyết định danh hiệu", "Ghi danh hiệu[ {title}][, quyết định {decision}]"),
    ("title.revoke", "Thu hồi danh hiệu", "Ghi thu hồi danh hiệu[ {title}][, quyết định {decision}]"),
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
    # Kế hoạch
    ("plan.open", "Lập kế hoạch", "Lập dự thảo kế hoạch[ «{title}»][ từ {source}]"),
    ("plan.head", "Sửa phần đầu kế hoạch", "Sửa phần đầu, người ký kế hoạch[ «{title}»]"),
    ("plan.text", "Sửa lời kế hoạch", "Sửa kế hoạch[ «{title}»][: {change}][ {what}]"),
    ("plan.money", "Sửa khoản tiền của kế hoạch", "Sửa khoản tiền của kế hoạch[ «{title}»][: {change}][ {what}]"),
    ("plan.target", "Sửa chỉ tiêu phấn đấu", "Sửa chỉ tiêu phấn đấu của kế hoạch[ «{title}»][: {change}][ {what}]"),
    ("plan.cell", "Giao tiêu chí cho đơn vị", "Sửa ô tiêu chí của kế hoạch[ «{title}»][: {change}][, {count} ô]"),
    ("plan.roadmap", "Sửa lộ trình", "Sửa lộ trình của kế hoạch[ «{title}»][: {change}][ {what}]"),
    ("plan.source", "Ghi chỗ trong nguồn", "Ghi chỗ trong văn bản gốc của[ {count} phần] kế hoạch[ «{title}»]"),
    ("plan.propose", "Nhận đề xuất", "Nhận[ {count} đề xuất] vào kế hoạch[ «{title}»]"),
    ("plan.review", "Trình ký kế hoạch", "Rà soát xong, trình ký kế hoạch[ «{title}»][, lần {no}]"),
    ("plan.send_back", "Trả lại dự thảo", "Trả lại dự thảo kế hoạch[ «{title}»][, lý do: {reason}]"),
    (
        "plan.issue",
        "Ban hành kế hoạch",
        "Ghi ban hành kế hoạch[ «{title}»][ số {number}][ ngày {issued_on}][, lần {no}]",
    ),
    ("plan.keep", "Lưu văn bản kế hoạch", "Lưu văn bản kế hoạch[ «{title}»][, lần {no}]"),
    ("plan.amend", "Điều chỉnh kế hoạch", "Mở điều chỉnh kế hoạch[ «{title}»][, lần {no}][, lý do: {reason}]"),
    ("plan.withdraw", "Bỏ dự thảo kế hoạch", "Bỏ dự thảo kế hoạch[ «{title}»][, lần {no}][, lý do: {reason}]"),
    ("plan.close", "Kết thúc kế hoạch", "Kết thúc kế hoạch[ «{title}»]"),
    ("plan.answer_finding", "Giải trình phát hiện", "Giải trình phát hiện của kế hoạch[ «{title}»][: {words}]"),
    ("plan.comment", "Góp ý kế hoạch", "Góp ý kế hoạch[ «{title}»][ về {about}]"),
    ("plan.answer_comment", "Tiếp thu, giải trình góp ý", "Trả lời góp ý về kế hoạch[ «{title}»]"),
    ("plan.share", "Giao chỉ tiêu cho đơn vị dưới", "Giao chỉ tiêu[ «{what}»][ cho {count} đơn vị]"),
    ("plan.cascade", "Phân khai kế hoạch", "Phân khai kế hoạch[ «{title}»][: {count} phần giao]"),
    ("template.offer", "Tải mẫu văn bản lên", "Tải mẫu[ {kind}] lên[ «{name}»][, bản {version}]"),
    ("template.use", "Đưa mẫu văn bản vào dùng", "Đưa mẫu[ {kind}] vào dùng[ «{name}»][ từ ngày {since}]"),
    (
        "template.retire",
        "Thôi dùng mẫu văn bản",
        "Thôi dùng mẫu[ {kind}][ «{name}»][ từ ngày {until}][, lý do: {reason}]",
    ),
    ("template.withdraw", "Bỏ mẫu văn bản chưa dùng", "Bỏ mẫu[ {kind}][ «{name}»][, lý do: {reason}]"),
    ("plan.answer_share", "Trả lời phần giao", "Trả lời phần giao[ «{what}»][: {answer}][, lý do: {reason}]"),
    ("plan.take_up", "Đưa phần giao vào kế hoạch", "Đưa[ {count} phần giao] vào kế hoạch[ «{title}»]"),
    # Nhiệm vụ, giao ban, kiểm tra
    ("task.group", "Ghi nhóm nhiệm vụ", "Ghi nhóm nhiệm vụ[ «{name}»][, {change}]"),
    ("task.add", "Thêm nhiệm vụ", "Thêm[ {count}] nhiệm vụ[ «{what}»][, hạn {deadline}]"),
    ("task.change", "Sửa nhiệm vụ", "Sửa nhiệm vụ[ «{what}»][: {changed}]"),
    ("task.remove", "Bỏ nhiệm vụ", "Bỏ nhiệm vụ[ «{what}»]"),
    ("task.draw", "Lập các kỳ của nhiệm vụ", "Lập[ {count} kỳ] của chương trình công tác[ lần {version}]"),
    ("task.report", "Ghi tiến độ", "Ghi tiến độ[ «{what}»][: {text}][, {percent}%]"),
    ("task.finish", "Xong nhiệm vụ", "Báo xong nhiệm vụ[ «{what}»][, kết quả: {result}][, văn bản {number}]"),
    ("task.reopen", "Mở lại nhiệm vụ", "Mở lại nhiệm vụ[ «{what}»][, lý do: {reason}]"),
    ("task.cancel", "Không thực hiện nhiệm vụ", "Dừng thực hiện nhiệm vụ[ «{what}»][, lý do: {reason}]"),
    ("task.coordinate", "Xác nhận phần phối hợp", "Xác nhận phần phối hợp[ của {body}][: «{what}»]"),
    ("task.share", "Giao phần việc cho người", "Giao phần việc[ «{words}»][ cho {person}]"),
    ("task.share_end", "Kết thúc phần việc", "Kết thúc phần việc[ «{words}»][ của {person}][: {result}]"),
    ("task.works", "Gắn công trình cho nhiệm vụ", "Gắn công trình cho nhiệm vụ[ «{what}»][: {works}]"),
    ("task.split", "Chia nhỏ nhiệm vụ", "Chia nhỏ nhiệm vụ[ «{what}»][ thành {count} việc]"),
    ("reminder.send", "Nhắc việc", "Nhắc việc[: {count} lượt][, {mails} thư]"),
    ("reminder.seen", "Đã xem nhắc việc", "Đã xem[ {count}] nhắc việc"),
    ("feed.make", "Lập khoá lịch", "Lập khoá lịch[ của {name}]"),
    ("feed.withdraw", "Rút khoá lịch", "Rút khoá lịch[ của {name}]"),
    ("meeting.open", "Mở cuộc giao ban", "Chuẩn bị giao ban[ «{title}»][, ngày {day}]"),
    ("meeting.conclude", "Kết luận giao ban", "Ghi kết luận giao ban[: {text}][, hạn {deadline}]"),
    ("meeting.take_back", "Bỏ kết luận giao ban", "Bỏ kết luận chưa công bố của cuộc giao ban[: {text}]"),
    ("meeting.hold", "Chốt cuộc giao ban", "Chốt cuộc giao ban[ «{title}»][, {count} kết luận]"),
    ("meeting.minutes", "Lưu biên bản giao ban", "Lưu biên bản giao ban[ «{title}»][: {file}]"),
    ("inspection.plan", "Lập đợt kiểm tra", "Lập đợt kiểm tra[ «{title}»][ tại {count} nơi]"),
    ("inspection.record", "Ghi kết quả kiểm tra", "Ghi kết quả kiểm tra[ tại {place}][, {count} nội dung]"),
    ("inspection.follow", "Giao việc sau kiểm tra", "Giao việc sau kiểm tra[: {text}][, hạn {deadline}]"),
    ("inspection.finish", "Kết thúc đợt kiểm tra", "Kết thúc đợt kiểm tra[ «{title}»]"),
    ("inspection.cancel", "Bỏ đợt kiểm tra", "Không tiến hành đợt kiểm tra[ «{title}»][, lý do: {reason}]"),
    # Tiền và công trình
    ("money.need", "Ghi nhu cầu vốn", "Ghi nhu cầu vốn[ năm {year}][: {amount} đồng][, {text}]"),
    ("money.mobilise", "Ghi dự kiến huy động", "Ghi dự kiến huy động[ năm {year}][ từ {source}][: {amount} đồng]"),
    ("money.state", "Ghi số tổng của văn bản", "Ghi số tổng văn bản nêu[: {what}][ {amount} đồng][, {place}]"),
    (
        "money.unstate",
        "Rút số tổng của văn bản",
        "Rút số tổng văn bản nêu[: {what}][ {amount} đồng][, lý do: {reason}]",
    ),
    ("money.allocate", "Phân bổ vốn", "Ghi quyết định phân bổ[ {number}][: {act}][ {amount} đồng][, {count} dòng]"),
    ("proposal.ask", "Lập đề xuất phân bổ", "Yêu cầu lập đề xuất phân bổ[ năm {year}][ «{title}»]"),
    ("proposal.withdraw", "Rút đề xuất phân bổ", "Rút đề xuất phân bổ[ «{title}»][, lý do: {reason}]"),
    ("proposal.price", "Hỏi giá quy tắc phân bổ", "Hỏi giá của từng quy tắc của đề xuất[ «{title}»]"),
    ("money.disburse", "Ghi chứng từ giải ngân", "Ghi chứng từ[ {number}][: {amount} đồng][, {source}]"),
    ("money.import", "Nhập chứng từ hàng loạt", "Nhập[ {count} chứng từ][ từ tệp {file}][: {amount} đồng]"),
    ("money.reverse", "Đảo bút toán", "Đảo bút toán[ {what}][ {amount} đồng][, lý do: {reason}]"),
    ("money.close", "Khoá kỳ", "Khoá sổ[ năm {year}][ đến hết {through}]"),
    ("money.reopen", "Mở lại kỳ", "Mở lại sổ[ năm {year}][, lý do: {reason}]"),
    ("works.add", "Thêm công trình", "Thêm công trình[ {code}][ «{name}»][: {amount} đồng][, còn nợ vì: {reason}]"),
    ("works.fund", "Ghi cơ cấu vốn công trình", "Ghi cơ cấu vốn của công trình[ {code}][: {count} nguồn]"),
    ("works.amend", "Sửa hồ sơ công trình", "Sửa hồ sơ công trình[ {code}][: {what}][, lý do: {reason}]"),
    (
        "works.import",
        "Nhập công trình từ bảng tính",
        "Nhập công trình từ bảng tính[ {file}][: {new} công trình mới][, {changed} công trình sửa][, lý do: {reason}]",
    ),
    ("works.advance", "Ghi tiến độ công trình", "Ghi tiến độ công trình[ {code}][: {state}][, {percent}%]"),
    ("works.accept", "Nghiệm thu khối lượng", "Ghi khối lượng nghiệm thu của công trình[ {code}][: {amount} đồng]"),
    (
        "works.debt_plan",
        "Lập phương án trả nợ",
        "Lập phương án trả nợ công trình[ {code}][: {amount} đồng][, hạn {due}]",
    ),
    (
        "contribution.price",
        "Ghi đơn giá quy đổi",
        "Ghi đơn giá[ {name}][: {amount} đồng mỗi {measure}][ theo {number}]",
    ),
    ("contribution.record", "Ghi đóng góp", "Ghi đóng góp của nhân dân[: {form}][ {amount} đồng][, phiếu {receipt}]"),
    # Sổ theo dõi
    ("register.record", "Ghi sổ theo dõi", "Ghi vào sổ[ {register}][: «{what}»][, ngày {day}]"),
    (
        "register.correct",
        "Sửa mục trong sổ",
        "Sửa mục trong sổ[ {register}][: «{what}»][, cột {changed}][, lý do: {reason}]",
    ),
    ("register.withdraw", "Rút mục khỏi sổ", "Rút khỏi sổ[ {register}][: «{what}»][, lý do: {reason}]"),
    ("register.import", "Nhập bảng tính vào sổ", "Nhập[ {count} mục][ vào sổ {register}][ từ tệp {file}]"),
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
_TITLES = {  # kept in the log by their code
    "ntm": "nông thôn mới",
    "nang_cao": "nông thôn mới nâng cao",
    "kieu_mau": "nông thôn mới kiểu mẫu",
    "hien_dai": "nông thôn mới hiện đại",
    "hoan_thanh": "hoàn thành nhiệm vụ xây dựng nông thôn mới",
    "kdc_kieu_mau": "khu dân cư nông thôn mới kiểu mẫu",
}


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
    if word == "title" and value in _TITLES:
        return _TITLES[value]
    if word in _FIGURES and _DECIMAL.fullmatch(str(value)):
        return str(value).replace(".", ",")
    if day := _DAY.fullmatch(str(value)):
        return f"{int(day[3])}/{int(day[2])}/{day[1]}"
    return str(value)
