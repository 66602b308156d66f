"""Tên gọi: bodies and their abbreviations, persons and their positions, as documents write them."""

from ntm.domain.official.abbreviations import Abbreviations, expand, learn_abbreviations
from ntm.domain.official.bodies import Body, begins_as_body, split_bodies
from ntm.domain.official.signatures import (
    Person,
    Signature,
    find_signatures,
    is_person_name,
    is_position,
    parse_person,
    write_signature,
)

__all__ = [
    "Abbreviations",
    "Body",
    "Person",
    "Signature",
    "begins_as_body",
    "expand",
    "find_signatures",
    "is_person_name",
    "is_position",
    "learn_abbreviations",
    "parse_person",
    "split_bodies",
    "write_signature",
]
