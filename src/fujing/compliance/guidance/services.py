"""Drawing up, publishing, revoking and signing for guidance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fujing.compliance.guidance.models import Guidance, GuidanceReading
from fujing.compliance.guidance.policies import check_guide, check_issue, check_sign
from fujing.compliance.guidance.states import GUIDANCE, GuidanceState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal, stated
from fujing.law.provisions import measures


@dataclass(frozen=True, slots=True)
class Document:
    """What a guidance document says; `force_until` is its last day or None."""

    number: str
    title: str
    issued_on: date
    provisions: Sequence[str]
    force_from: date
    text: str = ""
    file: StoredFile | None = None
    force_until: date | None = None
    replaces: Guidance | None = None


def guidance_draft(*, actor: Actor, document: Document, guidance: Guidance | None = None) -> Guidance:
    """Draw up a document, or change a draft. Only an organ with bureaus below it guides (5.p2)."""
    check_guide(actor)
    if guidance is None:
        guidance = Guidance(organ_code=actor.organ_code or 0)
    else:
        check_issue(actor, guidance)
        guidance = relocked(guidance)
        if guidance.state != GuidanceState.DRAFT:
            raise Refusal("指导文件发布后不得改动，可发布新文件替代。", provisions=("5.p2",))
    _check(guidance, document)
    kept = guidance.file
    for field in Document.__slots__:
        setattr(guidance, field, getattr(document, field))
    guidance.provisions, guidance.file = list(document.provisions), document.file or kept
    guidance.full_clean()
    guidance.save()
    return guidance


def _check(guidance: Guidance, document: Document) -> None:
    errors: dict[str, list[str]] = {}
    unknown = [address for address in document.provisions if address not in measures().provisions]
    if unknown:
        errors["provisions"] = [f"办法中没有条文 {'、'.join(unknown)}。"]
    replaced = document.replaces
    if replaced and (replaced.organ_code != guidance.organ_code or replaced.state == GuidanceState.DRAFT):
        errors["replaces"] = ["只能替代本机关已发布的文件。"]
    if errors:
        raise Refusal("文件内容有误，未保存。", errors=errors)


def guidance_publish(*, actor: Actor, guidance: Guidance) -> Guidance:
    """Publish to every organ below; from now on the text stays as it is."""
    check_issue(actor, guidance)
    guidance = relocked(guidance)
    guidance.state = GUIDANCE.check(actor, guidance.state, "publish").target
    guidance.published_on, guidance.published_by = today(), actor.name
    guidance.save()
    return guidance


def guidance_revoke(*, actor: Actor, guidance: Guidance, reason: str) -> Guidance:
    """End a document today with a reason; it stays readable as revoked."""
    check_issue(actor, guidance)
    guidance = relocked(guidance)
    guidance.state = GUIDANCE.check(actor, guidance.state, "revoke").target
    reason = stated(reason, "reason", "应写明废止理由。", provisions=("5.p2",))
    guidance.revoked_on, guidance.revoked_why = today(), reason
    guidance.save()
    return guidance


def guidance_sign(*, actor: Actor, guidance: Guidance) -> GuidanceReading:
    """Sign for a document from above on behalf of one's bureau."""
    check_sign(actor, guidance)
    return GuidanceReading.objects.create(organ_code=actor.organ_code or 0, guidance=guidance, read_by=actor.name)
