"""What customers may be written to in."""

from enum import StrEnum


class Language(StrEnum):
    """By its ISO 639-1 code."""

    ENGLISH = "en"
    HINDI = "hi"
    PUNJABI = "pa"
    URDU = "ur"
