"""Taking an import back: what it made is removed and what it superseded stands again, unless something builds on it."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.bulk import remove
from fujing.kernel.locks import locked, relocked
from fujing.kernel.models import HistoryEntry, Reading
from fujing.kernel.refusals import Refusal, stated
from fujing.registry.models import Engagement, Organ, Person, RosterImport, RosterRecord
from fujing.registry.moving_in.engaging import follow
from fujing.registry.moving_in.policies import check_move_in
from fujing.registry.moving_in.queries import standing_imports
from fujing.registry.states import ROSTER_IMPORT, ImportState

NAMED = 20
"""So many names at most in a refusal."""


def roster_import_take_back(*, actor: Actor, made: RosterImport, reason: str) -> RosterImport:
    """Undo an import. Refuses, with names, where a later import or a later act builds on it."""
    check_move_in(actor, made.organ_code)
    locked(Organ.objects.filter(pk=made.organ_code))
    made = relocked(made)
    ROSTER_IMPORT.check(actor, made.state, "take_back")
    reason = stated(reason, "reason", "请写明撤回的事由。")
    if later := standing_imports([made.organ_code]).filter(pk__gt=made.pk).first():
        raise Refusal(f"之后又导入了 {later}，应先撤回后一次导入。")
    if blocked := building_on(made):
        more = f" 等 {len(blocked)} 人" if len(blocked) > NAMED else ""
        raise Refusal(f"导入之后已为下列人员办理其他事项，不能撤回：{'、'.join(blocked[:NAMED])}{more}。")
    _undo(made)
    made.state, made.reason, made.taken_back_by = ImportState.TAKEN_BACK, reason, actor.name
    made.save()
    return made


def _undo(made: RosterImport) -> None:
    superseded = RosterRecord.objects.filter(superseded_by=made)
    people = list(superseded.values_list("person_id", flat=True))
    remove(RosterRecord.objects.filter(roster_import=made))
    superseded.update(superseded_by=None)
    remove(Engagement.objects.filter(recorded_in=made))
    remove(Person.objects.filter(recorded_in=made))
    follow(people)


def building_on(made: RosterImport) -> list[str]:
    """Names of the people for whom something was done since: a row that refers to them, or a change of their own."""
    people = Person.objects.filter(recorded_in=made)
    engagements = Engagement.objects.filter(recorded_in=made)
    touched = set(_referred(people, "person", made)) | set(_changed(made))
    of_engagements = set(_referred(engagements, "engagement", made))
    touched |= set(Engagement.objects.filter(pk__in=of_engagements).values_list("person_id", flat=True))
    return list(Person.objects.filter(pk__in=touched).order_by("name").values_list("name", flat=True))


def _referred(rows: QuerySet[models.Model], name: str, made: RosterImport) -> Iterator[int]:
    """Ids to which another table refers: by a key, or by the number of the person alone."""
    for model in apps.get_models():
        fields = {field.attname for field in model._meta.concrete_fields if field.name in (name, f"{name}_id")}
        if not model._meta.managed or model in (Reading, RosterRecord, HistoryEntry):
            continue
        for attname in fields:
            referring = model._default_manager.filter(**{f"{attname}__in": rows.values("pk")})
            if model is Engagement:
                referring = referring.exclude(recorded_in=made)
            yield from referring.values_list(attname, flat=True).distinct()


def _changed(made: RosterImport) -> Iterator[int]:
    """People of the import whose own rows were changed by another request since."""
    rows = RosterRecord.objects.filter(roster_import=made)
    since = HistoryEntry.objects.filter(
        tracked=RosterImport._meta.db_table, row_id=made.pk, operation="insert"
    ).values_list("pk", flat=True)[0]
    of_engagement = dict(rows.exclude(engagement=None).values_list("engagement_id", "person_id"))
    later = HistoryEntry.objects.filter(pk__gt=since, organ_code=made.organ_code).exclude(request_id=made.request_id)
    changed = later.filter(operation="update", tracked=Person._meta.db_table, row_id__in=rows.values("person_id"))
    yield from changed.values_list("row_id", flat=True)
    ended = later.filter(operation="update", tracked=Engagement._meta.db_table, row_id__in=list(of_engagement))
    for pk in ended.values_list("row_id", flat=True):
        yield of_engagement[pk]
