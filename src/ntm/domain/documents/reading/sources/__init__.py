"""Nguồn: files of every kind -> lines and tables (`ntm.domain.documents.reading.blocks`)."""

from .limits import Limits, Progress
from .reader import read_source

__all__ = ["Limits", "Progress", "read_source"]
