"""The one door to an applicant's erasure: a function of the database that asks the retention period itself.

What it erases is what the sections classify as going with the campaign or with the account (kernel/privacy.py): a field
newly classified so is erased, and taken out of the history, by the function that `makemigrations` then installs.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from fujing.kernel.models import StoredFile
from fujing.kernel.privacy import Classified, End, Held, classified, column_of, ending, erased_sql
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import listed
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.selection.models import PublicityNotice
from fujing.registry.models import Account

ERASED = "已按保存期限删除"
PARTS = {
    # A notice is about many: who it names stands in a table beside it.
    PublicityNotice: "id IN (SELECT notice_id FROM selection_publicised WHERE application_id = {application})"
}


@dataclass(frozen=True, slots=True)
class Reached:
    """A table that holds something of an application until its time has passed: which rows, and which fields."""

    model: type[models.Model]
    rows: str
    fields: tuple[tuple[str, Held], ...]

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    @property
    def shared(self) -> bool:
        """Whether its rows are about others, too."""
        return self.model in PARTS

    @property
    def columns(self) -> list[str]:
        """The columns of its fields, as the history names them."""
        return [column_of(self.model, name) for name, _ in self.fields]

    @property
    def files(self) -> list[str]:
        """Those of its columns that refer to a file."""
        return [
            column_of(self.model, name)
            for name, _ in self.fields
            if self.model._meta.get_field(name).related_model is StoredFile
        ]

    @property
    def erasing(self) -> str:
        """The SET list that empties its fields."""
        return ", ".join(
            f"{column} = {erased_sql(self.model, name, held, struck=ERASED, blank='blank')}"
            for column, (name, held) in zip(self.columns, self.fields, strict=True)
        )


def _rows(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> str | None:
    """SQL condition on the rows of a model that belong to `{application}`: itself, or by its references."""
    if model is Application:
        return "id = {application}"
    if model in PARTS:
        return PARTS[model]
    references = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for field in references:
        if field.related_model is Application:
            return f"{field.column} = {{application}}"
    for field in references:
        parent = field.related_model
        if parent in (*seen, model) or (above := _rows(parent, (*seen, model))) is None:
            continue
        return f"{field.column} IN (SELECT id FROM {parent._meta.db_table} WHERE {above})"
    return None


def reached(declared: Classified) -> list[Reached]:
    """Every table with fields that go with the campaign; attachments go whole and come apart."""
    found = []
    for model, fields in declared.items():
        timed = tuple(ending(fields, End.CAMPAIGN))
        if not timed or model is Attachment:
            continue
        rows = _rows(model)
        if rows is None:
            raise LookupError(f"{model.__name__} has fields that go with the campaign, but no way to its applications")
        found.append(Reached(model, rows, timed))
    return found


def _array(columns: list[str]) -> str:
    return f"ARRAY[{listed(columns)}]"


def _erase(each: Reached) -> str:
    """One table: its rows, their files, their fields, the decisions about them, and their history."""
    condition = each.rows.format(application="application")
    lines = [f"SELECT coalesce(array_agg(id), '{{}}') INTO ids FROM {each.table} WHERE {condition};"]
    lines += [
        f"files := files || ARRAY(SELECT {column} FROM {each.table} WHERE id = ANY (ids));" for column in each.files
    ]
    also = ", erased_at = clock_timestamp()" if each.model is Application else ""
    lines.append(f"UPDATE {each.table} SET {each.erasing}{also} WHERE id = ANY (ids);")
    if not each.shared:
        lines.append(
            f"UPDATE kernel_decision SET message = '{ERASED}', facts = '{{}}'"
            f" WHERE subject_table = '{each.table}' AND subject_id = ANY (ids);"
        )
    lines.append(
        f"PERFORM kernel_erase_history('{each.table}', ids, {_array(each.columns)}, NULL,"
        f" leaves -> '{each.table}', told.rule);"
    )
    return "\n    ".join(lines)


def erase_function(declared: Classified | None = None) -> str:
    """From RETURNS on. `blank` is the encrypted empty text, since only the application has the key; `leaves` as
    kernel_erase_history wants it."""
    declared = declared or classified()
    tables = reached(declared)
    account = Reached(Account, "", tuple(ending(declared[Account], End.ACCOUNT)))
    steps = "\n    ".join(_erase(each) for each in tables)
    in_use = "".join(
        f"\n        AND NOT EXISTS (SELECT 1 FROM {each.table} WHERE {column} = paper)"
        for each in tables
        for column in each.files
    )
    return f"""RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    told record;
    ids bigint[];
    files bigint[] := '{{}}';
    paths text[];
BEGIN
    SELECT a.organ_code, a.account_id, c.state, c.ended_on, c.retention_months,
        format('报名资料自%s起保存%s个月', c.ended_on, c.retention_months) AS rule INTO told
    FROM applications_application a JOIN campaigns_campaign c ON c.id = a.campaign_id
    WHERE a.id = application AND a.erased_at IS NULL AND a.organ_code
        BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint
    FOR UPDATE OF a;
    IF told IS NULL THEN
        RAISE EXCEPTION '没有可以删除的报名。' USING ERRCODE = '{RAISED}';
    END IF;
    IF told.ended_on IS NULL OR told.ended_on + make_interval(months => told.retention_months) > current_date THEN
        RAISE EXCEPTION '报名资料的保存期限未满，不能删除。' USING ERRCODE = '{RAISED}';
    END IF;
    IF EXISTS (SELECT 1 FROM hiring_hire h WHERE h.application_id = application AND h.state = 'hired') THEN
        RAISE EXCEPTION '已聘用人员的报名材料属于其档案，不在此删除。' USING ERRCODE = '{RAISED}';
    END IF;
    PERFORM set_config('fujing.erasing', 'on', true);
    {steps}
    -- One list of the hospital may be about many: it goes with the last of them.
    files := ARRAY(SELECT paper FROM unnest(array_remove(files, NULL)) paper WHERE true{in_use});
    files := files || ARRAY(SELECT file_id FROM applications_attachment WHERE application_id = application);
    DELETE FROM applications_attachment WHERE application_id = application;
    SELECT array_agg(DISTINCT path) INTO paths FROM kernel_storedfile mine WHERE id = ANY (files)
        AND NOT EXISTS (SELECT 1 FROM kernel_storedfile other WHERE other.path = mine.path AND other.id <> ALL (files));
    DELETE FROM kernel_storedfile WHERE id = ANY (files);
    IF NOT EXISTS (SELECT 1 FROM applications_application a WHERE a.account_id = told.account_id AND a.erased_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = told.account_id AND r.role <> 'applicant')
    THEN
        UPDATE registry_account SET {account.erasing}, is_active = false WHERE id = told.account_id;
        PERFORM kernel_erase_history('registry_account', ARRAY[told.account_id],
            {_array(account.columns)}, told.account_id, leaves -> 'registry_account', told.rule);
    END IF;
    PERFORM set_config('fujing.erasing', '', true);
    RETURN coalesce(paths, '{{}}');
END $$"""
