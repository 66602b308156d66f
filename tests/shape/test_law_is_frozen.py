"""Luật đã dùng thì không đổi: the content of every shipped set is pinned by its hash."""

from __future__ import annotations

from pathlib import Path

from ntm.domain import criteria

HASHES = Path(criteria.__file__).parent / "sets" / "hashes.txt"


def test_every_shipped_set_has_the_content_that_is_written_down() -> None:
    """A changed hash means a changed law: enter an amendment with its date instead; a set not yet released may be
    written down anew with `ntm criteria hashes`."""
    written = dict(line.split()[:2] for line in HASHES.read_text(encoding="utf-8").splitlines() if line.strip())
    catalogue = criteria.catalogue()
    shipped = {code: catalogue.get(code).hash for code in catalogue.codes()}
    assert shipped in (written, {code: hash_ for hash_, code in written.items()})


def test_no_level_is_called_checked_without_a_source() -> None:
    catalogue = criteria.catalogue()
    bare = [
        f"{code} {indicator.code}"
        for code in catalogue.codes()
        for _, indicator in catalogue.get(code).indicators()
        for level in indicator.thresholds
        if level.check.verified and not level.check.source
    ]
    assert not bare, bare
