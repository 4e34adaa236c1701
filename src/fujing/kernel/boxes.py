"""Boxes that anybody can fill and only a key's holder can open: X25519, HKDF, AES-256-GCM and scrypt, put together here.

Nothing in a table, a dump or a backup opens a box: private keys are kept only inside other boxes, and what opens the
first of them (a passphrase, a receipt code) is kept nowhere (docs/adr/0017-sealed-complaints.md).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from fujing.kernel.slots import place

VERSION = b"\x01"
KEY, NONCE, SALT = 32, 12, 16
WAIT = 20.0
"""Seconds that a look-up waits for the one place where codes are stretched."""
LOOK_UP = b"fujing complaint receipt 1"


class Sealed(ValueError):
    """A box that this key doesn't open: another's, or bytes that were changed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair; the private half is never shown when the pair is printed or logged."""

    private: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> Pair:
        """A new pair."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """What others fill boxes with."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The two values of a receipt code: by `find` its matter is found, `opens` is the key of its box."""

    find: bytes
    opens: bytes = field(repr=False)


def sealed(public: bytes, content: bytes, about: str) -> bytes:
    """Content that only the public key's holder reads; `about` binds it to its place and is told again on opening."""
    once = Pair.fresh()
    shared = X25519PrivateKey.from_private_bytes(once.private).exchange(X25519PublicKey.from_public_bytes(public))
    return VERSION + once.public + locked(_derived(shared, once.public + public), content, about)


def unsealed(private: bytes, box: bytes, about: str) -> bytes:
    """Inverse of `sealed`. Raises Sealed."""
    if box[:1] != VERSION or len(box) < 1 + KEY + NONCE:
        raise Sealed(about)
    once, body = box[1 : 1 + KEY], box[1 + KEY :]
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(once))
    except ValueError as error:
        raise Sealed(about) from error
    return unlocked(_derived(shared, once + Pair(private).public), body, about)


def locked(key: bytes, content: bytes, about: str) -> bytes:
    """Content under a key that somebody keeps."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def unlocked(key: bytes, box: bytes, about: str) -> bytes:
    """Inverse of `locked`. Raises Sealed."""
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise Sealed(about) from error


def stretched(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase stands for; slow, so that guessing is."""
    return Scrypt(salt=salt, length=KEY, n=settings.STRETCH_COST, r=8, p=1).derive(passphrase.strip().encode())


def receipt_of(code: str) -> Receipt:
    """The two values of a code. One code at a time on this machine; raises refusals.Busy where too many wait."""
    plain = "".join(code.split()).replace("-", "").upper()
    with place("receipt", 1, WAIT, "正在查询的人较多，请稍后再试。"):
        root = stretched(plain, LOOK_UP)
    return Receipt(_expanded(root, b"find"), _expanded(root, b"open"))


def fresh_salt() -> bytes:
    """A salt for one passphrase."""
    return os.urandom(SALT)


def _derived(shared: bytes, both: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=both, info=b"fujing box 1").derive(shared)


def _expanded(root: bytes, what: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=b"fujing receipt 1 " + what).derive(root)
