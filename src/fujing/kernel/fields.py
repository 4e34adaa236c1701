"""Model fields for sensitive text: encrypted at rest, found again by a blind index."""

from __future__ import annotations

from typing import Any

from django.db import models

from fujing.kernel import cipher


class EncryptedField(models.BinaryField):
    """Text stored as SM4-GCM bytes. Never filterable; pair it with a BlindIndexField to search by equality."""

    sensitive = True
    _pyi_private_set_type: str | None
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        return None if value is None else cipher.decrypt(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = cipher.encrypt(value)
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        return "" if not self.null and not self.has_default() else super().get_default()


class KeptField(models.Field):
    """A column computed from another field of the same row, kept in step on every save (bulk_create, too)."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def computed(self, text: str) -> Any:
        """The column's value for a text of the source that isn't empty."""
        raise NotImplementedError

    def beside(self, text: str | None) -> Any:
        """The column's value beside the source's text, or beside none."""
        return self.computed(text) if text else self.get_default()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.beside(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class BlindIndexField(KeptField, models.BinaryField):
    """Keyed digest of another field, or of its `last` characters alone.

    A `context` of its own keeps a column's digests apart from every other column's (docs/adr/0010-look-up.md).
    """

    def __init__(self, *args: Any, last: int = 0, context: str = "", **kwargs: Any) -> None:
        self.last, self.context = last, context
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        given = {"last": self.last, "context": self.context}
        return name, path, args, kwargs | {key: value for key, value in given.items() if value}

    def computed(self, text: str) -> bytes:
        return cipher.blind(text.strip()[-self.last :], self.context)

    def get_default(self) -> Any:
        return None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = self.computed(value)
        return super().get_db_prep_value(value, connection, prepared)


def kept_columns(model: type[models.Model], **sources: str | None) -> dict[str, Any]:
    """What a row's columns that are computed from these fields hold, by name: for imports that don't save rows one by one.

    `kept_columns(Person, name="王建华", id_number="51…", phone=None)` has everything by which the person is found.
    """
    kept = [each for each in model._meta.concrete_fields if isinstance(each, KeptField)]
    return {each.name: each.beside(sources[each.source]) for each in kept if each.source in sources}


def masked(text: str | None, kind: str) -> str:
    """What a screen shows before a reason is given: ID `5101**********1234`, phone `138****1234`, name `王*华`."""
    if not text:
        return ""
    if kind == "id_number":
        return text[:4] + "*" * (len(text) - 8) + text[-4:]
    if kind == "phone":
        return text[:3] + "****" + text[-4:]
    if kind == "name":
        return text[0] + "*" + text[2:]
    return "*" * min(len(text), 6)
