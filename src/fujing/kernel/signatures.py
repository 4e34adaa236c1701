"""Whose act it was: the database writes the account beside the name, from who is signed in, and refuses any other.

Two people may have one name. Whoever must not decide on their own work is known by account, so no write can state it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pgtrigger
from django.db import models

from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ACCOUNT

SENTENCE = "办理账号只能是当前登录的账号。"


@dataclass(frozen=True, slots=True)
class Mark:
    """`by` is the column with the name, `account` that with the account (default: the name's with `_id`).

    The account is written when the name is, and when `again` holds, SQL over OLD and NEW: a second act of somebody
    with the same name changes no name.
    """

    by: str
    again: str = "false"
    account: str = ""

    @property
    def column(self) -> str:
        """The column with the account."""
        return self.account or f"{self.by}_id"


def account_of(label: str) -> models.BigIntegerField:
    """The account beside a name; empty where no account acted, as at night."""
    return models.BigIntegerField(f"{label}账号", null=True, blank=True, editable=False)


def changes(*columns: str) -> str:
    """SQL: whether an update changes one of these."""
    new, old = (", ".join(f'{side}."{column}"' for column in columns) for side in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


class Signing(pgtrigger.Trigger):
    """The trigger with what it writes."""

    marks: tuple[Mark, ...] = ()


def signed(table: str, *marks: Mark) -> Signing:
    """Trigger that writes the accounts of these marks and refuses any that is not signed in."""
    trigger = Signing(
        name=f"account_{table}",  # before the triggers that judge by the account: they fire by name
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="\n".join([*map(_written, marks), "RETURN NEW;"]),
    )
    trigger.marks = marks
    return trigger


def marks_of(model: type[models.Model]) -> tuple[Mark, ...]:
    """The accounts that the database writes in a model's table."""
    return tuple(mark for each in getattr(model._meta, "triggers", ()) for mark in getattr(each, "marks", ()))


def _written(mark: Mark) -> str:
    # In quotes: `by` is a word of PL/pgSQL.
    by, account = f'"{mark.by}"', f'"{mark.column}"'
    return f"""
        IF NEW.{account} <> coalesce({ACCOUNT}, 0)
            AND (TG_OP = 'INSERT' OR NEW.{account} IS DISTINCT FROM OLD.{account}) THEN
            RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = '{RAISED}';
        ELSIF TG_OP = 'INSERT' OR NEW.{by} IS DISTINCT FROM OLD.{by} OR ({mark.again}) THEN
            NEW.{account} := CASE WHEN NEW.{by} <> '' THEN coalesce({ACCOUNT}, CASE NEW.{account} WHEN 0 THEN 0 END) END;
        ELSE
            NEW.{account} := OLD.{account};
        END IF;"""
