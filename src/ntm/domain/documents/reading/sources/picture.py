"""Ảnh trang: a scan or photograph made level, clean and of a known size; its drawn lines found.

Everything here is NumPy on grey pixels: 0 is black, 255 white.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from ..blocks import SourceError
from .archives import broken
from .limits import Limits

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

T = TypeVar("T")

LONG_SIDE = 2339  # A4 at 200 dpi
MOST_TURN = 6.0  # degrees of skew looked for
FAINTEST = 45  # levels of grey between ink and paper
SMALLEST = 120  # pixels
LARGEST_ZOOM = 2.5  # a stamp-sized picture is no page


def open_pictures(content: bytes, name: str, limits: Limits) -> Iterator[Image.Image]:
    """The pages of an image file (a .tif may hold many), as grey pictures."""
    picture = _decoded(lambda: Image.open(io.BytesIO(content)), name)
    with picture:
        many = picture.format == "TIFF"
        frames = _decoded(lambda: int(getattr(picture, "n_frames", 1)), name) if many else 1
        for number in range(min(frames, limits.max_scanned_pages)):
            yield _decoded(partial(_page, picture, number, name, limits), name)


def _page(picture: Image.Image, number: int, name: str, limits: Limits) -> Image.Image:
    picture.seek(number)
    width, height = picture.size
    if width * height > limits.max_pixels:
        raise too_large(name, f" rộng {width}×{height} điểm")
    if width < SMALLEST or height < SMALLEST:
        raise SourceError(
            "broken", f"Ảnh “{name}” quá nhỏ ({width}×{height} điểm) nên không nhận được chữ; hãy quét lại."
        )
    return grey(picture)


def too_large(name: str, how: str = "") -> SourceError:
    return SourceError("oversized", f"Ảnh “{name}”{how} vượt mức đọc được; hãy quét lại ở 200-300 dpi.")


def _decoded(action: Callable[[], T], name: str) -> T:
    """Whatever Pillow makes of a damaged picture (its warnings too) is a damaged picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return action()
    except (SourceError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise too_large(name) from error
    except Exception as error:  # each of Pillow's many readers fails in its own way
        raise broken(name, "không giải mã được ảnh") from error


def grey(picture: Image.Image) -> Image.Image:
    """Upright by the camera's note, without transparency, in grey."""
    picture.draft("L", (LONG_SIDE, LONG_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright)
        upright = paper
    return upright.convert("L")


def fit(picture: Image.Image) -> Image.Image:
    """Brings the page to about 200 dpi, as if it were A4."""
    scale = min(LONG_SIDE / max(picture.size), LARGEST_ZOOM)
    if 0.87 < scale < 1.15:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC)


def levelled(picture: Image.Image) -> tuple[Image.Image, float]:
    """The page turned so that its lines of text are level; the angle by which it was turned, degrees."""
    angle = skew(np.asarray(picture))
    if abs(angle) < 0.06:
        return picture, 0.0
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255), angle


def skew(pixels: Grey) -> float:
    """Angle (degrees, counter-clockwise) that makes the rows of ink sharpest: projection profiles."""
    step = max(1, max(pixels.shape) // 800)
    small = shrink(pixels, step)
    ink = (small < threshold(small)).astype(np.float32)
    if not 0.0004 < ink.mean() < 0.5:  # a page with a signature only still has its turn
        return 0.0
    ys, xs = np.nonzero(ink)
    if len(ys) > 60_000:
        chosen = np.linspace(0, len(ys) - 1, 60_000).astype(int)
        ys, xs = ys[chosen], xs[chosen]
    best = 0.0
    width = MOST_TURN
    for count, span in ((25, width), (13, 0.6), (13, 0.12)):
        angles = best + np.linspace(-span, span, count)
        scores = [sharpness(ys, xs, angle, small.shape[0]) for angle in angles]
        best = float(angles[int(np.argmax(scores))])
    if sharpness(ys, xs, best, small.shape[0]) < 1.03 * sharpness(ys, xs, 0.0, small.shape[0]):
        return 0.0
    return best


def sharpness(ys: npt.NDArray[Any], xs: npt.NDArray[Any], angle: float, height: int) -> float:
    """How unevenly the ink falls on rows when the page is turned by the angle."""
    slope = math.tan(math.radians(angle))
    rows = np.round(ys - xs * slope).astype(np.int64)
    rows -= rows.min()
    profile = np.bincount(rows, minlength=height).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def shrink(pixels: Grey, step: int) -> Grey:
    if step <= 1:
        return pixels
    height, width = (pixels.shape[0] // step) * step, (pixels.shape[1] // step) * step
    blocks = pixels[:height, :width].reshape(height // step, step, width // step, step)
    small: Grey = blocks.min(axis=(1, 3)) if step <= 2 else blocks.mean(axis=(1, 3)).astype(np.uint8)
    return small


def threshold(pixels: Grey) -> int:
    """Otsu: the grey that best parts ink from paper."""
    counts = np.bincount(pixels.ravel(), minlength=256).astype(np.float64)
    total = counts.sum()
    below = np.cumsum(counts)
    mass = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * below / total - mass) ** 2 / (below * (total - below))
    between[~np.isfinite(between)] = 0
    return int(np.argmax(between)) + 1


def even_paper(picture: Image.Image) -> Image.Image:
    """Takes out shadows and yellowed paper: divides by the paper's own brightness where it is uneven."""
    small = picture.resize((max(1, picture.width // 16), max(1, picture.height // 16)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(4))
    brightness = np.asarray(paper, dtype=np.float32)
    low, high = np.percentile(brightness, (3, 97))
    if low > 215 and high - low < 25:
        return picture
    full = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    flat = np.asarray(picture, dtype=np.float32) * (250.0 / np.maximum(full, 40.0))
    return Image.fromarray(np.clip(flat, 0, 255).astype(np.uint8))


def clean_paper(pixels: Grey) -> Grey:
    """Paper becomes white, so that its grain is not taken for letters; an empty page becomes all white."""
    cut = threshold(pixels)
    dark, light = pixels[pixels < cut], pixels[pixels >= cut]
    if not dark.size or not light.size:
        return np.full_like(pixels, 255)
    ink, paper = float(dark.mean()), float(np.median(light))
    if paper - ink < FAINTEST:
        return np.full_like(pixels, 255)
    grain = 1.5 * float(np.median(np.abs(light.astype(np.float32) - paper)))  # about one standard deviation
    highest = max(cut + 0.3 * (paper - cut), paper - 3 * grain - 4)
    cleaned: Grey = np.clip(pixels.astype(np.float32) * (255.0 / highest), 0, 255).astype(np.uint8)
    return cleaned


# -- drawn lines ------------------------------------------------------------------------------------------------------

Run = tuple[int, int, int, int]  # first and last place along, first and last place across


def long_lines(ink: Mask, shortest: int, thickest: int) -> list[Run]:
    """Level lines at least `shortest` long and at most `thickest` thick: (x0, x1, y0, y1) in pixels."""
    width = ink.shape[1]
    if width <= shortest:
        return []
    # a line may waver by a pixel: look at three rows together
    near = ink.copy()
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    total = np.cumsum(np.pad(near, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    dense = total[:, shortest:] - total[:, :-shortest] >= 0.93 * shortest
    runs: list[Run] = []
    for y in np.nonzero(dense.any(axis=1))[0]:
        edges = np.flatnonzero(np.diff(np.pad(dense[y].astype(np.int8), 1)))
        for start, end in zip(edges[0::2], edges[1::2], strict=True):
            runs.append((int(start), int(end) + shortest - 1, int(y), int(y)))
    return [run for run in merge_runs(runs) if run[3] - run[2] <= thickest + 2]


def merge_runs(runs: list[Run]) -> list[Run]:
    """Runs on rows next to each other that overlap are one line."""
    merged: list[list[int]] = []
    open_lines: list[list[int]] = []
    for x0, x1, y, _ in runs:
        open_lines = [line for line in open_lines if y - line[3] <= 2]
        for line in open_lines:
            if x0 <= line[1] + 3 and x1 >= line[0] - 3:
                line[0], line[1], line[3] = min(line[0], x0), max(line[1], x1), y
                break
        else:
            line = [x0, x1, y, y]
            merged.append(line)
            open_lines.append(line)
    return [(line[0], line[1], line[2], line[3]) for line in merged]
