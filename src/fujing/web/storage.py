"""Static files under names that carry their content's hash, compressed once, kept by browsers for ever."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Before they are collected (tests, a fresh check-out) files are served under their plain names."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            # While collecting a missing file is a fault; on a page it is one that nobody has collected yet.
            if content is not None or filename is not None:
                raise
            return name
