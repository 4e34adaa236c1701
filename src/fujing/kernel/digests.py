"""SM3 fingerprints of plain values, independent of key order."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives import hashes


def sm3(data: bytes) -> bytes:
    """SM3 digest, 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def long_digest_of(value: Any) -> str:
    """The 64 hexadecimal digits of the SM3 digest of a value's canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return sm3(text.encode()).hex()


def digest_of(value: Any) -> str:
    """First 16 hexadecimal digits of the SM3 digest of a value's canonical JSON."""
    return long_digest_of(value)[:16]
