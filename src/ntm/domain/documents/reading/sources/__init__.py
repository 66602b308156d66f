"""Nguồn: files of every kind -> lines and tables (`ntm.domain.documents.reading.blocks`)."""

from ..blocks import SourceError
from .isolated import read_isolated
from .limits import Limits, Progress
from .reader import read_source
from .untrusted import read_untrusted

__all__ = ["Limits", "Progress", "SourceError", "read_isolated", "read_source", "read_untrusted"]
