"""tạm"""


def from_font(text: str, font: str | None) -> str:
    return text


def from_text(text: str) -> str:
    return text
