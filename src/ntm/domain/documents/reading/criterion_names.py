"""Tên các tiêu chí xã theo từng bộ: number and name only, for reading; levels and conditions are in ntm.domain.criteria."""

from __future__ import annotations

# Quyết định 491/QĐ-TTg ngày 16/4/2009 (as amended by 342/QĐ-TTg ngày 20/02/2013): documents before 17/10/2016.
COMMUNE_2009 = (
    "Quy hoạch và thực hiện quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Cơ sở vật chất văn hóa", "Chợ nông thôn",
    "Bưu điện", "Nhà ở dân cư", "Thu nhập", "Hộ nghèo", "Cơ cấu lao động", "Hình thức tổ chức sản xuất", "Giáo dục", "Y tế",
    "Văn hóa", "Môi trường", "Hệ thống tổ chức chính trị xã hội vững mạnh", "An ninh, trật tự xã hội",
)  # fmt: skip

# Ways in which documents shorten or widen the names; tried only where the set itself has a criterion that begins or reads so.
SHORT_WORDS = {
    "attp": "an toan thuc pham", "vsattp": "ve sinh an toan thuc pham", "gtnt": "giao thong", "csvc": "co so vat chat",
    "csht": "co so ha tang", "anqp": "an ninh quoc phong", "qpan": "quoc phong an ninh", "qp": "quoc phong",
    "antt": "an ninh trat tu", "antttxh": "an ninh trat tu xa hoi", "tttt": "thong tin va truyen thong", "gd": "giao duc",
    "dt": "dao tao", "gddt": "giao duc va dao tao", "gd&dt": "giao duc va dao tao", "htct": "he thong chinh tri", "tcsx": "to chuc san xuat",
    "vh": "van hoa", "mt": "moi truong", "tl": "thuy loi", "pctt": "phong chong thien tai", "ktnt": "kinh te nong thon",
}  # fmt: skip
OTHER_NAMES: tuple[tuple[str, str], ...] = (  # words of documents -> words of a set's name
    ("giao thong nong thon", "giao thong"), ("duong giao thong", "giao thong"), ("thuy loi noi dong", "thuy loi"),
    ("dien nong thon", "dien"), ("he thong dien", "dien"), ("truong hoc", "giao duc"),
    ("nha o", "nha o dan cu"), ("nha dan cu", "nha o dan cu"), ("nha o nong thon", "nha o dan cu"),
    ("ho ngheo", "ngheo da chieu"), ("ngheo da chieu", "ho ngheo"), ("giam ngheo", "ho ngheo"), ("giam ngheo", "ngheo da chieu"),
    ("ty le ho ngheo", "ho ngheo"), ("ty le ho ngheo", "ngheo da chieu"), ("ho ngheo da chieu", "ngheo da chieu"),
    ("lao dong co viec lam", "lao dong"), ("lao dong", "lao dong co viec lam"), ("lao dong", "co cau lao dong"),
    ("lao dong viec lam", "lao dong"), ("ty le lao dong co viec lam", "lao dong"), ("viec lam", "lao dong"),
    ("to chuc san xuat", "hinh thuc to chuc san xuat"), ("hinh thuc to chuc san xuat", "to chuc san xuat"),
    ("cho", "cho nong thon"), ("cho", "co so ha tang thuong mai nong thon"), ("cho nong thon", "co so ha tang thuong mai nong thon"),
    ("ha tang thuong mai", "co so ha tang thuong mai nong thon"), ("thuong mai nong thon", "co so ha tang thuong mai nong thon"),
    ("ha tang thuong mai nong thon", "co so ha tang thuong mai nong thon"), ("buu dien", "thong tin va truyen thong"),
    ("thong tin truyen thong", "thong tin va truyen thong"), ("thong tin va truyen thong", "buu dien"),
    ("thiet che van hoa", "co so vat chat van hoa"), ("nha van hoa", "co so vat chat van hoa"), ("co so vat chat van hoa", "van hoa"),
    ("moi truong va an toan thuc pham", "moi truong"), ("moi truong an toan thuc pham", "moi truong"),
    ("ve sinh moi truong", "moi truong"), ("moi truong nong thon", "moi truong"), ("canh quan moi truong", "chat luong moi truong song"),
    ("he thong to chuc chinh tri xa hoi vung manh", "he thong chinh tri va tiep can phap luat"),
    ("he thong to chuc chinh tri", "he thong chinh tri va tiep can phap luat"),
    ("he thong chinh tri", "he thong to chuc chinh tri xa hoi vung manh"), ("chuan tiep can phap luat", "tiep can phap luat"),
    ("tiep can phap luat", "he thong chinh tri va tiep can phap luat"),
    ("an ninh trat tu xa hoi", "quoc phong va an ninh"), ("an ninh trat tu", "quoc phong va an ninh"),
    ("an ninh quoc phong", "quoc phong va an ninh"), ("an ninh", "quoc phong va an ninh"), ("quoc phong an", "quoc phong va an ninh"), ("an ninh trat tu", "an ninh trat tu xa hoi"),
    ("quoc phong an ninh", "an ninh trat tu xa hoi"), ("quoc phong va an ninh", "an ninh trat tu xa hoi"),
    ("giao duc dao tao", "giao duc va dao tao"), ("thu nhap binh quan", "thu nhap"), ("thu nhap binh quan dau nguoi", "thu nhap"),
    ("thuy loi phong chong thien tai", "thuy loi va phong chong thien tai"), ("phong chong thien tai", "thuy loi va phong chong thien tai"),
    ("giao duc va y te", "y te"), ("y te", "y te"),
)  # fmt: skip
