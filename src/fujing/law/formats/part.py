"""What the parts of an announcement share: strict reading of lists, and the words of sex, category and education."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

Sex = Literal["male", "female"]
Category = Literal["civil", "field"]
Education = Literal["junior_middle", "high_school", "junior_college", "bachelor", "master", "doctor"]
Condition = Literal["veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill"]
EDUCATIONS: tuple[str, ...] = get_args(Education)
ADDRESS = re.compile(r"^\d+\.\d+$")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


ONE_CONDITION = {"type": "string", "enum": list(get_args(Condition))}
Conditions = Annotated[
    tuple[Condition, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [ONE_CONDITION, {"type": "array", "items": ONE_CONDITION, "minItems": 1}]}),
]

Years = Annotated[int, Field(ge=0, le=120)]


class Part(BaseModel):
    """A part of the announcement: unknown keys are refused, values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_sequences(cls, data: Any) -> Any:
        """Strict tuples refuse lists, which is all that YAML and JSON have; null says that a key isn't stated."""
        if not isinstance(data, dict):
            return data
        optional = {field.alias or key for key, field in cls.model_fields.items() if not field.is_required()}
        stated = ((key, value) for key, value in data.items() if value is not None or key not in optional)
        return {key: _tuples(value) if isinstance(value, list) else value for key, value in stated}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
