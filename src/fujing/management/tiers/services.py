"""Keeping a bureau's scheme and what people hold: one function an act (Article 23)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.law.appraisal.grades import KNOWN
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.tier_scheme import TierScheme, tier_scheme_of
from fujing.law.tiers.graph import Graphs
from fujing.management.tiers.facts import scheme_of
from fujing.management.tiers.models import Holding, PastFact, Scheme
from fujing.management.tiers.policies import check_decide_tiers, check_manage_tiers, check_manage_tiers_of
from fujing.management.tiers.queries import scheme_in_force, tiers_to_move_in
from fujing.management.tiers.states import SCHEME, Past, SchemeState, Source
from fujing.registry.models import Engagement

FOR = ("23.p1",)
AT_ONCE = 500


def rules_of(scheme: TierScheme) -> list[dict[str, Any]]:
    """What the database holds of a scheme: by version its tiers and caps; a share that isn't said gives no place."""
    graphs, found = Graphs(scheme), []
    for version in sorted(scheme.versions, key=lambda each: each.start or date.max):
        caps = [
            {
                "set": limit.name,
                "tiers": sorted(graphs.codes[each] for each in limit.tiers),
                "base": None if limit.base is None else sorted(graphs.codes[each] for each in limit.base),
                "of": limit.base_name,
                "over": limit.share.numerator if limit.share else 0,
                "under": limit.share.denominator if limit.share else 1,
            }
            for limit in graphs.of(version).limits
        ]
        tiers = {
            each.code: {"name": each.name, "pay": None if each.pay is None else str(each.pay)} for each in version.tiers
        }
        said = {"from": version.start.isoformat() if version.start else None}
        found.append({**said, "to": version.end.isoformat() if version.end else None, "tiers": tiers, "caps": caps})
    return found


def scheme_record(
    *, actor: Actor, text: str, document_number: str, document_date: date, upload: UploadedFile
) -> Scheme:
    """Record a scheme from its file with the document that it stands in; refuses with all faults of the file."""
    check_manage_tiers(actor)
    errors: dict[str, list[str]] = {}
    scheme = None
    try:
        scheme = tier_scheme_of(text)
    except DocumentError as error:
        errors["text"] = [str(fault) for fault in error.faults]
    if scheme is not None and any(each.start is None for each in scheme.versions):
        errors["text"] = ["没有写明自哪一天起施行，不能施行。"]
    if scheme is not None and scheme.organ is not None and int(scheme.organ) != actor.organ_code:
        errors["text"] = ["方案写明的机关不是本机关。"]
    if not document_number.strip():
        errors["document_number"] = ["请填写文号。"]
    if document_date > today():
        errors["document_date"] = ["文件日期不能晚于今天。"]
    if errors or scheme is None:
        raise Refusal("没有登记层级方案。", provisions=FOR, errors=errors)
    organ = actor.organ_code or 0
    made = Scheme(
        organ_code=organ,
        name=scheme.name,
        text=text,
        rules=rules_of(scheme),
        document_number=document_number.strip(),
        document_date=document_date,
        scan=file_store(actor=actor, organ_code=organ, upload=upload),
        made_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def scheme_adopt(*, actor: Actor, scheme: Scheme) -> Scheme:
    """Put a scheme in force, in place of the one before."""
    check_decide_tiers(actor, scheme.organ_code)
    former = locked(Scheme.objects.filter(organ_code=scheme.organ_code, state=SchemeState.ADOPTED))
    row = relocked(scheme)
    move = SCHEME.check(actor, row.state, "adopt")
    for each in former:
        each.state = SchemeState.REPLACED
        each.save(update_fields=["state"])
    row.state, row.adopted_by, row.adopted_on = move.target, actor.name, today()
    row.save()
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="层级方案",
        subject=row,
        outcome="施行",
        message=f"{row.name}（{row.document_number}）施行",
        provisions=["23.p1"],
    )
    return row


def scheme_discard(*, actor: Actor, scheme: Scheme, reason: str) -> Scheme:
    """Give up a scheme that isn't in force."""
    check_manage_tiers_of(actor, scheme.organ_code)
    row = relocked(scheme)
    row.state, row.reason = SCHEME.check(actor, row.state, "discard").target, reason.strip()
    row.save()
    return row


def adopted(organ_code: int) -> tuple[Scheme, TierScheme]:
    """The scheme in force and as the law reads it. Refuses where there is none."""
    row = scheme_in_force(organ_code)
    if row is None:
        raise Refusal("本机关还没有施行中的层级方案，应先登记方案并由负责人决定施行。", provisions=FOR)
    return row, scheme_of(row.text)


def tiers_move_in(*, actor: Actor) -> tuple[int, int]:
    """Take over what rosters say of tiers, where the scheme has them. Returns how many, and how many words it hasn't."""
    check_manage_tiers(actor)
    organ = actor.organ_code or 0
    row, scheme = adopted(organ)
    relocked(row)
    graphs = Graphs(scheme)
    made, unknown = [], 0
    for record in tiers_to_move_in(organ).order_by("engagement", "-period").distinct("engagement"):
        number = graphs.words.get(record.tier)
        if number is None or record.engagement is None:
            unknown += 1
            continue
        made.append(
            Holding(
                organ_code=organ,
                engagement=record.engagement,
                person_id=record.person_id,
                tier=graphs.codes[number],
                name=graphs.name(number),
                span=DateRange(record.engagement.span.lower, None),
                recorded_on=record.roster_import.as_of,
                source=Source.ROSTER,
                recorded_by=actor.name,
            )
        )
    Holding.objects.bulk_create(made, batch_size=AT_ONCE)
    return len(made), unknown


def holding_record(
    *, actor: Actor, engagement: Engagement, tier: str, since: date, document_number: str, upload: UploadedFile
) -> Holding:
    """Record the tier that somebody was given before this system, by the paper that gave it; `since` inclusive.

    What a roster said before is made sure, or corrected, by it.
    """
    check_manage_tiers_of(actor, engagement.organ_code)
    row, scheme = adopted(engagement.organ_code)
    relocked(row)
    engagement = relocked(engagement)
    graphs = Graphs(scheme)
    errors: dict[str, list[str]] = {}
    first = Scheme.objects.filter(organ_code=engagement.organ_code, adopted_on__isnull=False).order_by("adopted_on")
    begins = first[0].adopted_on or today()
    if tier not in graphs.numbers:
        errors["tier"] = ["方案中没有这个层级。"]
    if since > begins:
        errors["since"] = [f"方案在本系统施行（{begins}）以后的层级由批次决定，这里只登记以前评定的。"]
    if not document_number.strip():
        errors["document_number"] = ["请填写评定文号。"]
    if engagement.span.upper is not None:
        raise Refusal("此人已不在职，不再登记层级。", provisions=FOR)
    held = Holding.objects.filter(engagement=engagement, ended_how="").first()
    if held is not None and held.source != Source.ROSTER:
        raise Refusal(f"已有层级：{held.name}（{held.get_source_display()}），以后的变动由批次决定。", provisions=FOR)
    if errors:
        raise Refusal("没有登记层级。", provisions=FOR, errors=errors)
    held = held or Holding(organ_code=engagement.organ_code, engagement=engagement)
    held.tier, held.name = tier, graphs.names[tier]
    held.span = DateRange(max(since, engagement.span.lower), None)
    held.since, held.source, held.document_number = since, Source.PAPER, document_number.strip()
    held.scan = file_store(actor=actor, organ_code=engagement.organ_code, upload=upload)
    held.recorded_by = actor.name
    # Whether another tier is held at the time is asked of the database.
    held.full_clean(validate_constraints=False)
    held.save()
    return held


def past_fact_record(
    *, actor: Actor, engagement: Engagement, kind: str, on: date, word: str, document_number: str, upload: UploadedFile
) -> PastFact:
    """Record a year's grade (`on` its last day) or an honour from before this system, by the paper that says it."""
    check_manage_tiers_of(actor, engagement.organ_code)
    errors: dict[str, list[str]] = {}
    if on > today():
        errors["on"] = ["不能晚于今天。"]
    if kind == Past.GRADE and word.strip() not in KNOWN:
        errors["word"] = [f"等次应为{'、'.join(KNOWN)}之一。"]
    if not word.strip():
        errors["word"] = ["请填写荣誉名称。"]
    if not document_number.strip():
        errors["document_number"] = ["请填写文号。"]
    if kind == Past.GRADE and PastFact.objects.filter(person_id=engagement.person_id, kind=kind, on=on).exists():
        errors["on"] = [f"{on.year}年度的等次已经登记。"]
    if errors:
        raise Refusal("没有登记。", provisions=("25",), errors=errors)
    made = PastFact(
        organ_code=engagement.organ_code,
        engagement=engagement,
        kind=kind,
        on=on,
        word=word.strip(),
        document_number=document_number.strip(),
        scan=file_store(actor=actor, organ_code=engagement.organ_code, upload=upload),
        recorded_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made
