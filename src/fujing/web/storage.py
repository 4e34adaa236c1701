"""Static files under names that carry their content's hash, compressed once, kept by browsers for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Before they are collected (tests, a fresh check-out) files are served under their plain names."""

    manifest_strict = False
