"""Ảnh cho sách hướng dẫn: walks the demonstration as its people do and keeps what they see. Run by `make pictures`.

The walk is one story: Thạch Lỗi types 59,58 and sends it, Cẩm Giàng returns it, the commune mends it, it is verified.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
MOST = 150_000  # bytes of one picture
PASSWORD = os.environ.get("NTM_DEMO_PASSWORD", "xem-thu-ntm-2026")
SET = "xa-ntm-nang-cao-hai-duong-2021-2025"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--lang=vi",
]  # fmt: skip

PAPER = "UBND XÃ THẠCH LỖI\nBảng tổng hợp thu nhập năm 2022\n(trang thử, không phải tài liệu thật)"
PLAN = """ỦY BAN NHÂN DÂN
HUYỆN CẨM GIÀNG
Số: 12/KH-UBND

KẾ HOẠCH
Thực hiện Chương trình xây dựng nông thôn mới nâng cao năm 2023

Căn cứ Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ;
Ủy ban nhân dân huyện xây dựng kế hoạch như sau:

I. MỤC TIÊU
1. Xã Thạch Lỗi phấn đấu đạt thêm 7 tiêu chí (2, 5, 6, 8, 10, 13), hoàn thành 19/19 tiêu chí trước ngày 31/12/2023.
2. Thu nhập bình quân đầu người đạt từ 68 triệu đồng/người/năm trở lên.

II. NHIỆM VỤ
1. UBND xã Thạch Lỗi nâng cấp đường giao thông, hoàn thành trước ngày 30/9/2023.
2. Phòng Giáo dục và Đào tạo huyện hướng dẫn xây dựng trường chuẩn quốc gia trong Quý III/2023.

III. KINH PHÍ
Tổng kinh phí: 13,3 tỷ đồng, trong đó:
- Giao thông: 5,2 tỷ đồng;
- Trường học: 6,1 tỷ đồng;
- Văn hóa: 1,5 tỷ đồng.
"""


class Album:
    """Tập ảnh: one browser, people signed in, pictures kept small."""

    def __init__(self, base: str, folder: Path, browser: Browser) -> None:
        self.base, self.folder, self.browser = base, folder, browser
        self.pages: dict[str, Page] = {}

    def visit(self, size: dict[str, int] = LAPTOP) -> Page:
        """A page of nobody."""
        context = self.browser.new_context(
            viewport=size, base_url=self.base, locale="vi-VN", accept_downloads=True,
            is_mobile=size is PHONE, has_touch=size is PHONE, device_scale_factor=2 if size is PHONE else 1,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        return context.new_page()

    def person(self, name: str, size: dict[str, int] = LAPTOP) -> Page:
        """The page of this account, signed in once."""
        key = f"{name}-{size['width']}"
        if key not in self.pages:
            page = self.visit(size)
            page.goto("/tai-khoan/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            page.get_by_role("button", name="Đăng nhập", exact=True).click()
            page.wait_for_load_state("networkidle")
            self.pages[key] = page
        return self.pages[key]

    def keep(self, page: Page, name: str) -> None:
        """Write docs/pictures/<name>.png: what stands in the window, in as few colours as keep it under the bound."""
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(250)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        written = io.BytesIO()
        taken.save(written, "PNG", optimize=True)
        for colours in (256, 128, 64, 32):
            if written.tell() <= MOST:
                break
            written = io.BytesIO()
            _in_its_own_colours(taken, colours).save(written, "PNG", optimize=True)
        if written.tell() > MOST:
            raise SystemExit(f"{name}: {written.tell()} bytes, more than {MOST}")
        (self.folder / f"{name}.png").write_bytes(written.getvalue())
        sys.stdout.write(f"{name}.png  {written.tell() // 1000} kB\n")
        sys.stdout.flush()

    def seen(self, who: str, address: str, name: str, at: str = "") -> None:
        """Go there as this person, bring `at` to the top where asked, keep the picture."""
        page = self.person(who)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if at:
            bring_up(page, at)
        self.keep(page, name)


def _in_its_own_colours(taken: Image.Image, number: int) -> Image.Image:
    """The picture in its most frequent colours, so that paper stays paper and a mark keeps its colour."""
    counted = sorted(taken.getcolors(1 << 24) or [], reverse=True)[:number]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted for part in colour])
    return taken.quantize(palette=palette, dither=Image.Dither.NONE)


def bring_up(page: Page, what: str) -> None:
    """Scroll until this stands under the head."""
    page.locator(what).first.evaluate(
        "e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - document.querySelector('.head').offsetHeight - 16)"
    )
    page.wait_for_timeout(200)


def evidence(folder: Path, name: str, words: str) -> str:
    """A small picture that stands for a scanned paper."""
    from PIL import ImageDraw, ImageFont

    sheet = Image.new("RGB", (620, 440), "#fbfaf4")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((12, 12, 607, 427), outline="#999")
    for number, line in enumerate(words.splitlines()):
        pen.text((40, 40 + 34 * number), line, fill="#222", font=_letters(ImageFont))
    path = folder / name
    sheet.save(path)
    return str(path)


def _letters(fonts: object) -> object:
    for path in ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",):
        if Path(path).exists():
            return fonts.truetype(path, 19)  # type: ignore[attr-defined]
    return fonts.load_default(19)  # type: ignore[attr-defined]


def attach(page: Page, code: str, path: str) -> None:
    """Đính kèm minh chứng vào một chỉ tiêu."""
    with page.expect_file_chooser() as chooser:
        page.click(f"#row-{code} [data-attach]")
    chooser.value.set_files(path)
    page.wait_for_selector(f"#f-{code} a")


def send(page: Page, album: Album, name: str = "") -> None:
    """Gửi thẩm tra."""
    page.click("[data-send]")
    page.wait_for_selector("#send-dialog[open]")
    if name:
        album.keep(page, name)
    page.click("#send-dialog .button.primary")
    page.wait_for_load_state("networkidle")


def commune(album: Album, unit: int, folder: Path) -> None:
    """Công chức xã: the day, typing, evidence, what is missing, sending, a returned figure, the workbook."""
    visitor = album.visit()
    visitor.goto("/tai-khoan/login/")
    album.keep(visitor, "login")
    album.seen("xa.thachloi", "/", "commune-home")
    officer = album.person("xa.thachloi")
    sheet = f"/nhap-so-lieu/{unit}/{SET}/?ngay=2022-12-31"
    officer.goto(sheet)
    album.keep(officer, "entry-start")
    officer.fill("#v-10", "59,58")
    officer.press("#v-10", "Enter")
    officer.wait_for_selector("#s-10:has-text('đã lưu')")
    attach(
        officer,
        "10",
        evidence(
            folder,
            "bien-ban-thu-nhap.png",
            PAPER,
        ),
    )
    bring_up(officer, "#tc-10")
    album.keep(officer, "entry")
    officer.click("#row-10 th a")
    officer.wait_for_selector("#side:not([hidden]) h2")
    album.keep(officer, "entry-detail")
    officer.keyboard.press("Escape")
    send(officer, album, "send")

    verifier = album.person("camgiang.thunhap")
    group = f"/tham-tra/{unit}/{SET}/2022-12-31/"
    verifier.goto("/tham-tra/")
    album.keep(verifier, "verify-queue")
    verifier.goto(group)
    verifier.wait_for_selector("#beside [data-one]")
    album.keep(verifier, "verify")
    verifier.click("#beside [data-return] summary")
    verifier.fill("#return-reason", "Bảng tổng hợp chưa có chữ ký của Chủ tịch UBND xã. Gửi lại bản có chữ ký.")
    verifier.click("#beside [data-return] button")
    verifier.wait_for_load_state("networkidle")

    album.seen("xa.thachloi", "/", "returned")
    officer.goto(sheet)
    officer.click("#row-10 th a")
    officer.wait_for_selector("#side:not([hidden]) h2")
    album.keep(officer, "returned-detail")
    officer.get_by_role("button", name="Lấy lại số và tệp để sửa").click()
    officer.wait_for_load_state("networkidle")
    officer.keyboard.press("Escape")
    attach(
        officer,
        "10",
        evidence(
            folder,
            "bang-thu-nhap-da-ky.png",
            PAPER + "\n(đã ký)",
        ),
    )
    send(officer, album)
    verifier.goto(group)
    verifier.wait_for_selector("#beside [data-one]")
    verifier.click("#beside .decisions .button.primary")
    verifier.wait_for_load_state("networkidle")
    album.seen("xa.thachloi", f"/dia-ban/{unit}/", "unit")
    album.seen("xa.thachloi", f"/dia-ban/{unit}/tieu-chi/10/", "unit-criterion")
    album.seen("xa.thachloi", f"/lich-su/{unit}/{SET}/10/", "history")


def workbook(album: Album, unit: int, folder: Path) -> None:
    """Bảng tính: downloaded, filled, handed in with one good and one bad cell."""
    page = album.person("xa.thachloi")
    page.goto("/bang-tinh/")
    album.keep(page, "workbooks")
    page.select_option("#chon-bo", SET)
    page.wait_for_load_state("networkidle")
    page.fill("#den-ngay", "31/12/2022")
    with page.expect_download() as download:
        page.click(".workbook-get .button.primary")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    book = load_workbook(path)
    table = max(book.worksheets, key=lambda one: one.max_row)
    fill(table, {"2.1": "chín mươi", "5.1": "Đạt", "6.1": "Đạt", "8.1": "Đạt"})
    book.save(path)
    page.set_input_files("#tep", path)
    page.click(".workbook-drop .button.primary")
    page.wait_for_load_state("networkidle")
    album.keep(page, "workbook")


def fill(table: object, values: dict[str, str]) -> None:
    """Put values beside their codes, in the first unlocked cell of the row."""
    for row in table.iter_rows():  # type: ignore[attr-defined]
        codes = [str(cell.value) for cell in row if cell.value is not None]
        for code, value in values.items():
            if code in codes:
                free = [cell for cell in row if not cell.protection.locked]
                if free:
                    free[0].value = value


def village(album: Album) -> None:
    """Ban phát triển thôn, trên điện thoại."""
    page = album.person("thon.tu", PHONE)
    page.goto("/")
    album.keep(page, "village-home")
    page.locator(".tasks a").first.click()
    page.wait_for_load_state("networkidle")
    bring_up(page, "#tc-2")
    album.keep(page, "village-entry")


def offices(album: Album, unit: int, district: int, folder: Path) -> None:
    """Văn phòng Điều phối huyện và tỉnh."""
    office = "camgiang.dieuphoi"
    album.seen(office, "/", "office-home")
    album.seen(office, "/ra-soat/1/", "campaign")
    album.seen(office, "/ra-soat/mo/", "campaign-open")
    album.seen("bacgiang.dieuphoi", "/bang-tieu-chi/", "matrix")
    album.seen("bacgiang.dieuphoi", "/tong-hop/", "rollup")
    album.seen("vanquan.dieuphoi", "/canh-bao/", "alarms")
    album.seen(
        office, f"/bang-tieu-chi/so-sanh/?don-vi={district}&bo={SET}&ngay=2023-01-05&can-cu=tu-danh-gia", "compare"
    )
    album.seen(office, f"/dia-ban/{unit}/dien-bien/", "lineage")
    album.seen(office, f"/dia-ban/{unit}/thay-doi/", "unit-changes")
    album.seen(office, f"/dia-ban/{unit}/co-quan/", "bodies")
    album.seen(office, f"/bo-tieu-chi/{SET}/", "set")
    album.seen(office, f"/bo-tieu-chi/{SET}/chi-tieu/10/", "sign", at="main h2:has-text('Mức')")
    album.seen(office, "/quan-tri/tai-khoan/", "accounts")
    album.seen(office, "/nhat-ky/", "log")


def reading(album: Album, folder: Path) -> None:
    """Văn bản: a plan handed in, read in the background, looked at."""
    from docx import Document

    plan = Document()
    for line in PLAN.splitlines():
        plan.add_paragraph(line)
    path = folder / "van-ban-thu.docx"
    plan.save(str(path))
    page = album.person("camgiang.dieuphoi")
    page.goto("/van-ban/")
    page.set_input_files("main input[type=file]", path)
    page.locator("main").get_by_role("button", name="Tải lên và đọc").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_selector(".finding", timeout=180_000)  # the page asks by itself until the reading is done
    album.keep(page, "reading")


def administrator(album: Album) -> None:
    """Quản trị hệ thống."""
    album.seen("quan.tri", "/", "first-steps")
    album.seen("quan.tri", "/quan-tri/", "administration")
    album.seen("quan.tri", "/quan-tri/chuc-danh/moi/", "office-new")
    album.seen("quan.tri", "/quan-tri/ban-cai-dat/", "installation")
    album.seen("quan.tri", "/tai-khoan/2fa/", "two-factor")


def ready(base: str) -> None:
    """Wait for the server to answer."""
    for _ in range(120):
        try:
            urllib.request.urlopen(base + "/tai-khoan/login/", timeout=2)  # noqa: S310  our own server
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("máy chủ không trả lời")


def number_in(page: Page, what: str) -> int:
    """The number of the unit to which this link leads."""
    address = page.locator(what).first.get_attribute("href")
    assert address, what
    return int(address.split("/dia-ban/")[1].split("/")[0])


def main() -> None:
    """All pictures, in the order of the story."""
    base, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    only = set(sys.argv[3:])
    folder.mkdir(parents=True, exist_ok=True)
    ready(base)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as papers:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("NTM_CHROMIUM", "/usr/bin/chromium"),
            args=FLAGS,
            env={**os.environ, "LANGUAGE": "vi", "LANG": "vi_VN.UTF-8"},
        )
        album = Album(base, folder, browser)
        home = album.person("xa.thachloi")
        unit = number_in(home, ".unit-glance a")
        home.goto(f"/dia-ban/{unit}/")
        district = number_in(home, ".crumbs a:has-text('Huyện')")
        kept = Path(papers)
        parts = {
            "commune": lambda: commune(album, unit, kept),
            "workbook": lambda: workbook(album, unit, kept),
            "village": lambda: village(album),
            "offices": lambda: offices(album, unit, district, kept),
            "reading": lambda: reading(album, kept),
            "administrator": lambda: administrator(album),
        }
        for name, part in parts.items():
            if not only or name in only:
                part()
        browser.close()


if __name__ == "__main__":
    main()
