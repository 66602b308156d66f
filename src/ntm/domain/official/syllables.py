"""Âm tiết: whether a word can be a Vietnamese syllable; the ground on which encodings are told apart and glued words cut."""

import re
from functools import lru_cache

from ntm.domain.official.text import nfc, nfd

__all__ = ["gaps", "is_syllable", "split_glued", "unglued"]

_ONSETS = ("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx", "")
_RIMES = frozenset(
    re.findall(
        r"\w+",
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
        "ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot "
        "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong "
        "ô ôc ôi ôm ôn ông ôp ôt "
        "ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ "
        "uy uya uych uyn uynh uyt uyp uyu uyên uyêt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
        "y yêm yên yêng yêt yêu ynh yt ych",
    )
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = frozenset("\u0301\u0323")  # a syllable that ends in c, ch, p, t bears sắc or nặng
_LONGEST = 7
_WORD_AND_FIGURE = re.compile(
    r"(?<![^\W_])([^\W\d_]{2,7})(\d(?:[\d.,/]{0,11}\d)?)"
)  # "thành06", "số25/2021"; never "m2", "TC10"
_LONG = re.compile(r"(?<![^\W_])[^\W\d_]{5,21}(?![^\W_])")


_COMMON = frozenset(  # the syllables that plans use most: they decide where a word can be cut in two ways
    re.findall(
        r"\w+",
        """
số tiêu các xã chí của mới năm đạt ban ngày thôn tháng hoạch kế hiện lưu mục nông và dựng xây nơi chủ đồng thực văn
nhận thành dân quyết có chức huyện sau tổng công phòng tỉnh chuẩn trách trước ủy kinh cứ hội phụ hoàn định trình căn
như về bộ tổ cộng chính lập chỉ phân nhân hợp triệu bình vụ nghiệp nghị hành trong tỷ trường hóa động báo nhập thông
thu nam tịch trung quân chương nhiệm đấu phấn tế giao sách đầu trì do nâng quý toàn thể phát việt tự triển hộ thêm
ngân phí an phối người phúc nội sản cáo sở vốn nghĩa điều từ đã đạo kết đó theo góp ký còn cơ đến tại cao môi thường
nhất phẩm việc tài địa lệ thủ phủ hạnh tra trên quốc đóng tướng trưởng hòa độc nghèo chi đường đảng tạo gia trực lên
vững được cụ đoạn giữ thanh đề dung tham phó giai quy là tư mỗi dưới hỗ tác dụng trợ dẫn chung điện hướng nguồn quan
mẫu vận xuất với viên thời nhà ương giảm hạ cấp gồm lại sơ bàn khai không mưu tăng liên ít từng lý soát đào hồ học rà
quản đăng trở tâm giáo tiến cầu kiểm họp tầng kỳ chất quả kiểu sự duy đoàn minh chưa làm thẩm gian thủy thị thống
duyệt pháp đơn dục tập vị yên nước truyền vật sơn rác kiến sinh độ lực hình cho huy tin phê lao sử nguyễn ninh phương
điểm giải tiếp trạng trị cư mở phần doanh dự hiệu vệ vào bản khu giá yêu thao để ngành hàng đa đánh lợi kèm đổi sao
xét chiều bố bảo trang dõi loại đại lấy thương nguyên mức danh sửa nhu biểu tiết lần tân hằng mặt đốc cán kê ghép trí
bổ cuối lượng trạm trọng lồng rộng đôn hoạt xuyên hết trồng lớp tình tuyên qua lục bằng mô đây đích chuyển thiện một
giám tính tu bắc xong tờ
""",
    )
)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the word, in any case, obeys the spelling of a Vietnamese syllable: onset, rime, one tone."""
    if not 0 < len(word) <= _LONGEST + 5:
        return False
    letters, tone = [], ""
    for c in nfd(word.lower()):
        if c in _TONES:
            if tone:
                return False
            tone = c
        else:
            letters.append(c)
    bare = nfc("".join(letters))
    if len(bare) > _LONGEST:
        return False
    for onset in _ONSETS:
        if bare.startswith(onset) and bare[len(onset) :] in _RIMES:
            rime = bare[len(onset) :]
            return not (rime.endswith(("c", "ch", "p", "t")) and tone not in _STOPPED)
    return bare == "gi" and bool(tone)


def split_glued(word: str) -> list[str] | None:
    """Tách từ dính: the two or three syllables that a glued word can only be; None when it is one, or not certain."""
    word = nfc(word)
    if len(word) > 3 * _LONGEST or is_syllable(word) or word.isascii() or not word.isalpha():
        return None
    ways = list(_ways(word, 3))
    marked = [way for way in ways if all(_weighty(piece) for piece in way) and all(map(_begins, way[1:]))]
    short = [way for way in marked if len(way) == min(map(len, marked))] if marked else []
    if len(short) > 1:
        short = [way for way in short if all(piece.lower() in _COMMON for piece in way)]
    return short[0] if len(short) == 1 else None


def gaps(text: str) -> list[tuple[int, int, list[str]]]:
    """Chỗ từ dính: where a glued word stands in the text (composed letters), and its syllables."""
    found = []
    for match in _LONG.finditer(text):
        word = match[0]
        if word.isascii() or is_syllable(word):
            continue
        parts = split_glued(word)
        if parts and (word[1:].islower() or word.isupper() or all(p[0].isupper() and p[1:].islower() for p in parts)):
            found.append((match.start(), match.end(), parts))
    for match in _WORD_AND_FIGURE.finditer(text):
        if not match[1].isascii() and is_syllable(match[1]):
            found.append((match.start(), match.end(), [match[1], match[2]]))
    return sorted(found)


def unglued(text: str) -> str:
    """The text with a blank where two words, or a word and a figure, were glued."""
    for start, end, parts in reversed(gaps(text)):
        text = f"{text[:start]}{' '.join(parts)}{text[end:]}"
    return text


def _begins(piece: str) -> bool:
    """A second word that begins with a vowel is more often the end of a damaged one ("đuờng", "Điem")."""
    return nfd(piece[0].lower())[0] not in "aeiouy"


def _ways(word: str, pieces: int) -> list[list[str]]:
    out = [[word]] if is_syllable(word) else []
    if pieces > 1:
        for cut in range(1, min(_LONGEST, len(word) - 1) + 1):
            if is_syllable(word[:cut]):
                out += [[word[:cut], *rest] for rest in _ways(word[cut:], pieces - 1)]
    return out


def _weighty(piece: str) -> bool:
    """A piece of one letter is more often part of a damaged word than a word."""
    return len(piece) > 1
