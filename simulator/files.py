"""What was uploaded: bytes under file ids, and photos in the sizes that Telegram makes of them."""

import io
import mimetypes
import secrets
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PIL import Image, ImageOps

from simulator.errors import Impossible, Refused, bad_request

MAX_UPLOAD = 50 * 1024 * 1024
"""Bytes that a bot may send in one request."""
MAX_DOWNLOAD = 20 * 1024 * 1024
"""Bytes that ``getFile`` hands out."""
_PHOTO_SIDES = (90, 320, 800, 1280)
"""Longest side, in pixels, of the sizes of a photo."""


@dataclass
class StoredFile:
    """``path`` is what ``getFile`` names and the download address ends with."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    path: str
    content: bytes
    width: int = 0
    height: int = 0

    def reference(self) -> dict[str, Any]:
        """The fields that every kind of file has in a message."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class Files:
    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.number = 0

    def add(
        self, content: bytes, name: str, *, mime: str = "", folder: str = "documents"
    ) -> StoredFile:
        """Keep bytes under a new id.

        Raises:
            Refused: there are none, or too many.
        """
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > MAX_UPLOAD:
            raise Refused("Request Entity Too Large", code=413)
        self.number += 1
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = StoredFile(
            file_id=f"BQAC{secrets.token_urlsafe(32)}",
            unique_id=f"AgAD{secrets.token_urlsafe(8)}",
            name=name,
            mime=mime,
            path=f"{folder}/file_{self.number}{PurePath(name).suffix}",
            content=content,
        )
        self.by_id[stored.file_id] = stored
        return stored

    def add_photo(self, content: bytes) -> list[StoredFile]:
        """Keep an image in all its sizes, smallest first, as JPEG.

        Raises:
            Impossible: the bytes are no picture.
        """
        try:
            with Image.open(io.BytesIO(content)) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGB")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Impossible("that file is no picture") from error
        longest = max(picture.size)
        sides = [side for side in _PHOTO_SIDES if side < longest] + [
            min(longest, _PHOTO_SIDES[-1])
        ]
        return [self._add_size(picture, side) for side in dict.fromkeys(sides)]

    def _add_size(self, picture: Image.Image, side: int) -> StoredFile:
        scaled = ImageOps.contain(picture, (side, side)) if side < max(picture.size) else picture
        buffer = io.BytesIO()
        scaled.save(buffer, "JPEG", quality=87)
        stored = self.add(buffer.getvalue(), "photo.jpg", mime="image/jpeg", folder="photos")
        stored.width, stored.height = scaled.size
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file behind an id.

        Raises:
            Refused: the fake never gave out that id.
        """
        if not file_id:
            raise bad_request("file_id not specified")
        if file_id not in self.by_id:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self.by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file behind a download path, if there is one."""
        return next((stored for stored in self.by_id.values() if stored.path == path), None)
