"""Nạp bộ của tỉnh: from the workbook template, from a decision's table, or from YAML. Everything read starts unchecked."""

from ntm.domain.criteria.errors import CriteriaError
from ntm.domain.criteria.importing.decision import read_decision
from ntm.domain.criteria.importing.draft import About, Draft, Problem
from ntm.domain.criteria.importing.template import write_template
from ntm.domain.criteria.importing.workbook import read_template
from ntm.domain.criteria.loader import Bases, load_text

__all__ = ["About", "Draft", "Problem", "read_any", "read_decision", "read_template", "write_template"]


def read_any(data: bytes, name: str, bases: Bases | None = None) -> Draft:
    """By the file's ending: .yaml, .yml, .xlsx or .docx; anything else is refused with what to do."""
    ending = name.rpartition(".")[2].lower()
    if ending in ("yaml", "yml"):
        return _read_yaml(data, name, bases)
    if ending == "xlsx":
        return read_template(data, name, bases)
    if ending == "docx":
        return read_decision(data, name, bases=bases)
    message = "chỉ đọc được .xlsx (mẫu của phần mềm), .docx (bảng trong quyết định) và .yaml"
    if ending in ("xls", "doc", "xlsm"):
        message = f"tệp .{ending}: mở bằng Word hoặc Excel, lưu lại thành .docx hoặc .xlsx không macro, rồi nạp"
    return Draft(None, None, (Problem(name, message),))


def _read_yaml(data: bytes, name: str, bases: Bases | None) -> Draft:
    try:
        text = data.decode("utf-8-sig")
        return Draft(load_text(text, name, bases), text)
    except UnicodeDecodeError:
        return Draft(None, None, (Problem(name, "tệp không phải UTF-8; lưu lại bằng UTF-8"),))
    except CriteriaError as error:
        place = name if error.line is None else f"{name}, dòng {error.line}, khóa {error.key}"
        return Draft(None, None, (Problem(place, error.message),))
