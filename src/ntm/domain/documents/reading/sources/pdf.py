"""Tệp PDF: letters and drawn lines by pdfium; pages without letters are recognised as pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..blocks import Kind, Source, SourceError
from .archives import broken, encrypted
from .builder import Builder
from .ink import Horizontal, PageInk, Vertical
from .layout import lay_out
from .limits import Limits, Progress, ProgressCallback
from .pdf_letters import words_of
from .scan import read_picture

FEWEST_LETTERS = 25  # a page with fewer, and a picture, is a scan
THIN = 3.0  # points: a rectangle thinner than this is a line
DEEPEST = 6  # forms in forms
MOST_OBJECTS = 60_000


def read_pdf(content: bytes, name: str, limits: Limits, progress: ProgressCallback) -> Source:
    document = open_pdf(content, name)
    try:
        count = len(document)
        if count == 0:
            raise broken(name, "không có trang nào")
        if count > limits.max_pages:
            raise SourceError(
                "limit",
                f"Tệp “{name}” có {count} trang, hệ thống đọc tối đa {limits.max_pages} trang; hãy tách tệp rồi nạp lại.",
            )
        builder = Builder(limits)
        pages = read_pages(document, name, limits, progress, builder)
    finally:
        document.close()
    lay_out(pages, builder)
    scanned = sum(page.recognised for page in pages)
    kind: Kind = "scan" if scanned * 2 > len(pages) else "pdf"
    if scanned:
        builder.notes["scanned_pages"] = str(scanned)
    if not builder.lines:
        raise SourceError(
            "empty", f"Tệp “{name}” không có chữ nào đọc được; hãy kiểm tra lại bản quét hoặc nạp tệp Word gốc."
        )
    return builder.source(content, name, kind, count)


def open_pdf(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise encrypted(name) from error
        raise broken(name, "không mở được tệp PDF") from error


def read_pages(
    document: pdfium.PdfDocument, name: str, limits: Limits, progress: ProgressCallback, builder: Builder
) -> list[PageInk]:
    pages: list[PageInk] = []
    scanned = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            builder.warn("page", f"Trang {index + 1} bị hỏng nên không đọc được.", index + 1)
            continue
        try:
            ink = page_ink(page, index + 1, limits, builder)
            if is_scan(page, ink):
                scanned += 1
                if scanned > limits.max_scanned_pages:
                    raise SourceError(
                        "limit",
                        f"Tệp “{name}” có hơn {limits.max_scanned_pages} trang quét; hãy tách tệp rồi nạp lại từng phần.",
                    )
                ink = read_picture(render(page, limits), index + 1, builder, limits, points=(ink.width, ink.height))
            pages.append(ink)
        finally:
            page.close()
        progress(Progress(index + 1, len(document), f"Đã đọc trang {index + 1}/{len(document)}"))
    return pages


def page_ink(page: pdfium.PdfPage, number: int, limits: Limits, builder: Builder) -> PageInk:
    """The words and rules of a page, upright."""
    width, height = page.get_size()
    shown = page.get_rotation()
    turned = text_turn(page, shown)
    if (turned - shown) % 180:
        width, height = height, width
    ink = PageInk(number, max(width, 1.0), max(height, 1.0), sideways=turned != shown)
    place = page_matrix(page, turned)
    ink.words = words_of(page, place, limits, builder, number)
    counter = [0]
    collect_rules(page.raw, place, ink, 0, counter, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    return ink


def is_scan(page: pdfium.PdfPage, ink: PageInk) -> bool:
    if sum(len(word.text) for word in ink.words) >= FEWEST_LETTERS:
        return False
    if any(item.type == raw.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=3)):
        return True
    return not ink.words and any(item.type == raw.FPDF_PAGEOBJ_PATH for item in page.get_objects(max_depth=3))


def render(page: pdfium.PdfPage, limits: Limits) -> Any:
    """The page as a grey picture, sharp enough to recognise letters."""
    width, height = page.get_size()
    scale = min(200 / 72, math.sqrt(min(limits.max_pixels, 12_000_000) / max(width * height, 1)))
    return page.render(scale=scale, grayscale=True).to_pil()


# -- places -----------------------------------------------------------------------------------------------------------

Matrix = tuple[float, float, float, float, float, float]


def text_turn(page: pdfium.PdfPage, shown: int) -> int:
    """By how many degrees (clockwise) the page must be turned for its letters to stand upright; a wide table is often
    printed sideways. Without letters: as the page is shown."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        turns = Counter(
            round(-math.degrees(raw.FPDFText_GetCharAngle(text_page.raw, index)) / 90) % 4 * 90
            for index in range(0, count, max(1, count // 200))
            if raw.FPDFText_GetUnicode(text_page.raw, index) > 0x20
        )
    finally:
        text_page.close()
    return turns.most_common(1)[0][0] if turns else shown


def page_matrix(page: pdfium.PdfPage, turned: int) -> Matrix:
    """From the page's own coordinates to points from the top left of its crop box, turned clockwise."""
    left, bottom, right, top = page.get_cropbox()
    if turned == 90:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left)
    if turned == 180:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom)
    if turned == 270:
        return (0.0, -1.0, -1.0, 0.0, top, right)
    return (1.0, 0.0, 0.0, -1.0, -left, top)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


# -- drawn lines ------------------------------------------------------------------------------------------------------


def collect_rules(
    holder: Any, place: Matrix, ink: PageInk, depth: int, counter: list[int], count: Any, get: Any
) -> None:
    """Straight lines and the edges of rectangles, also inside forms."""
    for index in range(max(count(holder), 0)):
        counter[0] += 1
        if counter[0] > MOST_OBJECTS:
            return
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            path_rules(item, times(matrix_of(item), place), ink)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = times(matrix_of(item), place)
            collect_rules(item, inner, ink, depth + 1, counter, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)


def matrix_of(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def path_rules(item: Any, place: Matrix, ink: PageInk) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    segments = raw.FPDFPath_CountSegments(item)
    if segments > 4000:
        return
    pieces: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            pieces.append([])  # curves draw no tables
            continue
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = moved(place, x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([point])
        else:
            pieces[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment) and pieces[-1]:
            pieces[-1].append(pieces[-1][0])
    for piece in pieces:
        piece_rules(piece, bool(stroke.value), ink)


def piece_rules(points: list[tuple[float, float]], stroked: bool, ink: PageInk) -> None:
    if len(points) < 2 or not all(math.isfinite(v) for point in points for v in point):
        return
    x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
    y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
    if x1 - x0 <= THIN or y1 - y0 <= THIN:  # a line, or a rectangle so thin that it is one
        add_rule(x0, y0, x1, y1, ink)
        return
    if not stroked:
        return  # a filled area: shading, not a line
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
            add_rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), ink)


def add_rule(x0: float, y0: float, x1: float, y1: float, ink: PageInk) -> None:
    if x1 < -10 or y1 < -10 or x0 > ink.width + 10 or y0 > ink.height + 10:
        return
    if y1 - y0 <= THIN < x1 - x0 or (y1 - y0 < x1 - x0 and y1 - y0 <= THIN):
        ink.horizontals.append(Horizontal(x0, x1, (y0 + y1) / 2))
    elif x1 - x0 <= THIN:
        ink.verticals.append(Vertical((x0 + x1) / 2, y0, y1))
