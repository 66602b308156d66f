"""Vẽ trang: the child process that turns a PDF or a picture into page pictures. Run by path; imports no Django.

    drawing.py pdf|image SOURCE FOLDER WIDTH MOST_PAGES

writes FOLDER/1.webp, 2.webp ... and prints one line of JSON: [[width, height], ...]. Whatever the file holds, only
pixels come out of here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

QUALITY = 62
TALLEST = 6  # times the width


def main() -> int:
    kind, source, folder, width, most = (
        sys.argv[1],
        Path(sys.argv[2]),
        Path(sys.argv[3]),
        int(sys.argv[4]),
        int(sys.argv[5]),
    )
    sizes = (_image if kind == "image" else _pdf)(source, folder, width, most)
    sys.stdout.write(json.dumps(sizes))
    return 0


def _pdf(source: Path, folder: Path, width: int, most: int) -> list[list[int]]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(source)
    sizes = []
    for index in range(min(len(document), most)):
        page = document[index]
        across, down = page.get_size()
        scale = min(width / max(across, 1), width * TALLEST / max(down, 1))
        sizes.append(_keep(page.render(scale=scale).to_pil(), folder / f"{index + 1}.webp"))
        page.close()
    return sizes


def _image(source: Path, folder: Path, width: int, most: int) -> list[list[int]]:
    from PIL import Image, ImageOps

    with Image.open(source, formats=("PNG", "JPEG", "WEBP")) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((width, width * TALLEST))
    return [_keep(picture, folder / "1.webp")][:most]


def _keep(picture: Any, path: Path) -> list[int]:
    picture.convert("RGB").save(path, "WEBP", quality=QUALITY, method=2)
    return list(picture.size)


if __name__ == "__main__":
    raise SystemExit(main())
