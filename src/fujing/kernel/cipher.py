"""SM4-GCM for fields, HMAC-SM3 for blind indexes, SM3 for digests; keys carry a version."""

from __future__ import annotations

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from fujing.kernel import keys
from fujing.kernel.digests import sm3

CURRENT = 1
NONCE = 12
TAG = 16


class Undecipherable(ValueError):
    """Stored bytes that no known key opens."""


@cache
def secret(version: int, purpose: str) -> bytes:
    """Key of a version for one purpose, derived by SM3 from FUJING_FIELD_KEY_<version> or the stored key."""
    from django.conf import settings

    base = os.environ.get(f"FUJING_FIELD_KEY_{version}") or keys.stored(settings.DATA, f"field-{version}")
    return sm3(f"{purpose}:{base}".encode())


def encrypt(text: str) -> bytes:
    """Version byte, nonce, ciphertext, tag; a different result each time."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(secret(CURRENT, "field")[:16]), modes.GCM(nonce)).encryptor()
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return bytes([CURRENT]) + nonce + body + encryptor.tag


def decrypt(data: bytes) -> str:
    """Inverse of `encrypt`; raises Undecipherable when the bytes were changed or the key is unknown."""
    version, nonce, body, tag = data[0], data[1 : 1 + NONCE], data[1 + NONCE : -TAG], data[-TAG:]
    decryptor = Cipher(algorithms.SM4(secret(version, "field")[:16]), modes.GCM(nonce, tag)).decryptor()
    try:
        return (decryptor.update(body) + decryptor.finalize()).decode()
    except InvalidTag as error:
        raise Undecipherable("加密的内容无法解密：密钥不符，或者数据被改动") from error


def blind(text: str, context: str = "") -> bytes:
    """Keyed digest for equality search on an encrypted value: same text and context, same 32 bytes.

    Digests of different contexts have different keys: nobody can lay them side by side.
    """
    mac = hmac.HMAC(secret(CURRENT, f"index:{context}" if context else "index"), hashes.SM3())
    mac.update(text.strip().upper().encode())
    return mac.finalize()


def identity_key(text: str) -> int:
    """63-bit number standing for an identity in exclusion constraints, without revealing it."""
    return key_of(blind(text))


def key_of(index: bytes) -> int:
    """The identity key of the text whose blind index, without a context, this is."""
    return int.from_bytes(index[:8], "big") >> 1
