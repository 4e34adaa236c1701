"""Every URL of the site, with parameters of somebody's own objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import fujing.web
from fujing.compliance.verification.models import FindingVerification
from fujing.duties.orders.models import DutyOrder
from fujing.general.budget.models import Budget
from fujing.kernel.actor import acting
from fujing.management.appraisal.models import Reconsideration, Round, Sheet
from fujing.management.commendation.models import Commendation, Objection
from fujing.management.complaints.models import Hearing as Statement
from fujing.management.complaints.models import Report, Suggestion
from fujing.management.contracts.models import ContractChange, ProbationReview, Renewal
from fujing.management.corrections.models import Correction
from fujing.management.discipline.models import Matter, Scheme
from fujing.management.leaving.models import Departure, Evidence, Hearing, Resignation
from fujing.management.outfit.models import Card, Holding, Item, Standard
from fujing.management.protection.models import Clarification, ProtectionCase, Referral
from fujing.management.tiers.models import Batch as TierBatch
from fujing.management.tiers.models import Candidate as TierCandidate
from fujing.management.tiers.models import Objection as TierObjection
from fujing.management.tiers.models import Scheme as TierScheme
from fujing.management.training.models import Course, Enrolment, Requirement
from fujing.recruitment.applications.models import Attachment
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.registry.models import Contract, RosterImport
from fujing.safeguards.leave.models import LeaveRequest, LeaveYear
from fujing.safeguards.payroll.models import PayRun, PayScheme, PaySlip
from tests import factories, world

# A value for each parameter that a URL may have, for the converters to take.
SAMPLES: dict[str, int | str] = {
    **dict.fromkeys(("pk", "code", "file", "seat", "row"), 1),
    "address": "18.3",
    "name": "serving",
    "part": "basics",
    "page": "people",
    "kind": "json",
    "document": "reply",
    "index": 0,
    "field": "phone",
    "opaque": "A" * 26,
}


def urls(patterns: list, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every named URL of the desk and the public site with its parameters."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            # A wing has no namespace of its own: its pages bear the desk's.
            below = pattern.namespace or namespace
            if below in {"desk", "public", "law", "me"}:
                yield from urls(pattern.url_patterns, namespace=below)
        elif isinstance(pattern, URLPattern) and namespace and pattern.name:
            yield f"{namespace}:{pattern.name}", list(pattern.pattern.converters)


def declared_names() -> set[str]:
    """Every name that a page reads from a query or a button (`web/values.py`), and those of the libraries."""
    reads = re.compile(r'\bvalues\.\w+\((?:request\.(?:GET|POST)|given), "(\w+)"')
    sources = Path(fujing.web.__file__).parent.rglob("*.py")
    return {name for source in sources for name in reads.findall(source.read_text())} | {"next", "process", "key"}


def newest(model: type[Model], code: int) -> int:
    """The county's newest row; 0 if it has none."""
    row = model._default_manager.filter(organ_code=code).order_by("pk").last()
    return row.pk if row else 0


def newest_of(model: type[Model]) -> int:
    """The newest row that the actor sees; 0 if none."""
    row = model._default_manager.order_by("pk").last()
    return row.pk if row else 0


def arguments(county: world.County) -> dict[str, dict[str, int | str]]:
    """Parameters of the county's own objects, by URL."""
    with acting(factories.territorial(county.code)):
        plan = newest(HeadcountPlan, county.code)
        budget = newest(Budget, county.code)
        exam = newest(MedicalExam, county.code)
        seat = newest(Seat, county.code)
        contract = newest(Contract, county.code)
        renewal = newest(Renewal, county.code)
        card = newest(Card, county.code)
        commended = newest(Commendation, county.code)
        tier_rows = {
            model: newest(model, county.code) for model in (TierScheme, TierBatch, TierCandidate, TierObjection)
        }
        objection = newest(Objection, county.code)
        breach = newest(Matter, county.code)
        scheme = newest(Scheme, county.code)
        rested, leave_year = newest(LeaveRequest, county.code), newest(LeaveYear, county.code)
        suggestion = newest(Suggestion, county.code)
        protected = newest(ProtectionCase, county.code)
        referred, clarified = newest(Referral, county.code), newest(Clarification, county.code)
        change = newest(ContractChange, county.code)
        review = newest(ProbationReview, county.code)
        item = newest(Item, county.code)
        piece, norm = newest(Holding, county.code), newest(Standard, county.code)
        departure = newest(Departure, county.code)
        duty = newest(DutyOrder, county.code)
        evidence = newest(Evidence, county.code)
        resignation = newest(Resignation, county.code)
        hearing = newest(Hearing, county.code)
        round_ = newest(Round, county.code)
        sheet = newest(Sheet, county.code)
        asked = newest(Reconsideration, county.code)
        course = newest(Course, county.code)
        enrolment = newest(Enrolment, county.code)
        requirement = newest(Requirement, county.code)
        correction = newest(Correction, county.code)
        imported = newest(RosterImport, county.code)
        verified = newest(FindingVerification, county.code)
        file = newest(Attachment, county.code)
    with acting(county.checkers[1]):
        # Sealed: found by who holds a key, whatever the county.
        report, statement = (newest_of(model) for model in (Report, Statement))
    with acting(county.head):
        # For payroll and who approves.
        run, slip, scheme = (newest(model, county.code) for model in (PayRun, PaySlip, PayScheme))
    person = county.engagement.person_id if county.engagement else 0
    campaign, application = county.campaign.pk, county.application.pk
    by_name = {
        "exam": exam,
        **dict.fromkeys(("contract_paper", "contract_change", "contract_change_paper"), contract),
        "contract_change_document": change,
        "roster_imported": imported,
        "verification": verified,
        **dict.fromkeys(("duty", "duty_edit", "duty_repeat"), duty),
        "plan": plan,
        "plan_edit": plan,
        "person": person,
        "person_reveal": person,
        **dict.fromkeys(("person_known", "person_correct"), person),
        **dict.fromkeys(
            (
                "contract",
                "renewal",
                "renewal_offer",
                "renewal_expiry",
                "renewal_extension",
                "leave",
                "resign",
                "sign_in",
                "outfit_person",
            ),
            county.engagement.pk if county.engagement else 0,
        ),
        **dict.fromkeys(
            ("probation", "probation_review", "probation_paper"), county.engagement.pk if county.engagement else 0
        ),
        "renewal_document": renewal,
        **dict.fromkeys(("complaint", "complaint_file", "complaint_identity"), report),
        **dict.fromkeys(("complaint_hearing", "statement"), statement),
        "suggestion": suggestion,
        **dict.fromkeys(("breach", "breach_proof", "breach_refer", "breach_told"), breach),
        **dict.fromkeys(("discipline_rule", "discipline_rule_file"), scheme),
        "breach_record": county.engagement.pk if county.engagement else 0,
        **dict.fromkeys(("leave_request", "leave_paper", "own_leave"), rested),
        **dict.fromkeys(("leave_year", "leave_correct", "leave_settle"), leave_year),
        **dict.fromkeys(("leave_ask", "work_record"), county.engagement.pk if county.engagement else 0),
        "commendation_propose": county.engagement.pk if county.engagement else 0,
        **dict.fromkeys(("commendation", "commendation_paper", "commendation_evidence"), commended),
        "commendation_objection": objection,
        **dict.fromkeys(("protection", "protection_add"), protected),
        "protection_new": person,
        "protection_referral": referred,
        **dict.fromkeys(("clarification", "clarification_paper"), clarified),
        **dict.fromkeys(("tier_scheme", "tier_scheme_scan"), tier_rows[TierScheme]),
        **dict.fromkeys(("tier_batch", "tier_candidates", "tier_batch_paper"), tier_rows[TierBatch]),
        "tier_candidate": tier_rows[TierCandidate],
        "tier_objection": tier_rows[TierObjection],
        **dict.fromkeys(("tier_record", "tier_past"), county.engagement.pk if county.engagement else 0),
        **dict.fromkeys(("pay_run", "pay_slips", "pay_bank", "pay_tax", "pay_insurance"), run),
        "pay_slip": slip,
        **dict.fromkeys(("pay_scheme", "pay_scheme_scan"), scheme),
        "probation_report": review,
        **dict.fromkeys(("departure", "evidence_add", "departure_items", "departure_paper"), departure),
        **dict.fromkeys(("hearing_tell", "telling_paper"), departure),
        **dict.fromkeys(("hearing", "hearing_told"), hearing),
        **dict.fromkeys(("card", "card_photo", "card_picture", "card_print", "card_replace"), card),
        **dict.fromkeys(("outfit_item", "outfit_edit", "outfit_enter", "outfit_count", "outfit_standard"), item),
        "outfit_standard_end": norm,
        "holding": piece,
        "evidence": evidence,
        **dict.fromkeys(
            (
                *("appraisal", "appraisal_edit", "appraisal_notice", "appraisal_tiers"),
                *("appraisal_scores", "appraisal_scores_template"),
            ),
            round_,
        ),
        **dict.fromkeys(
            (
                *("appraisal_sheet", "appraisal_report", "appraisal_score", "appraisal_settle", "appraisal_grade"),
                *("appraisal_ask", "appraisal_file", "appraisal_paper", "my_appraisal"),
            ),
            sheet,
        ),
        "appraisal_asked": asked,
        **dict.fromkeys(
            (
                "course",
                "course_edit",
                "course_attendance",
                "course_code",
                "course_sign_in",
                "course_sheet",
                "course_import",
                "course_paper",
            ),
            course,
        ),
        **dict.fromkeys(("enrolment", "enrolment_paper"), enrolment),
        "requirement": requirement,
        "correction": correction,
        **dict.fromkeys(("resignation", "resignation_paper"), resignation),
        "account_roles": county.head.account_id or 0,
        "quota_organ": county.code,
        **dict.fromkeys(
            ("notice", "notice_edit", "notice_evidence", "notice_file"), county.notice.pk if county.notice else 0
        ),
        **dict.fromkeys(("guidance", "guidance_edit", "guidance_file"), county.guidance.pk if county.guidance else 0),
        **dict.fromkeys(("budget", "budget_edit", "budget_paper", "budget_scan"), budget),
        **dict.fromkeys(("sitting", "seat", "seat_photo", "door_list"), county.sitting.pk if county.sitting else 0),
        **dict.fromkeys(("consent", "consent_paper", "consent_scan"), county.consent.pk if county.consent else 0),
        **dict.fromkeys(("entrustment", "entrustment_paper"), county.consent.campaign_id if county.consent else 0),
        "budget_organ": county.code,
        "budget_territory": county.code,
        "plan_amend": plan,
        "plan_paper": plan,
        "plan_export": plan,
        "plan_scan": plan,
    }
    applications = {
        "desk:application",
        "desk:attachment",
        "desk:background",
        "desk:recovery",
        "desk:hire",
        "desk:decline",
        "desk:decline_proof",
        "desk:approval",
        "public:application",
        "public:attachment",
        "public:ticket",
        "public:ticket_pdf",
    }
    found = {}
    for name, parameters in urls(get_resolver().url_patterns):
        key = name.split(":")[1]
        pk = by_name.get(key, application if name in applications else campaign)
        values = SAMPLES | {"pk": pk, "code": county.code, "file": file, "seat": seat}
        found[name] = {parameter: values[parameter] for parameter in parameters}
    return found


def ask(client: Client, url: str) -> tuple[int, str]:
    """Status and whole text of an answer; files are read and closed."""
    response = client.get(url)
    body = response.getvalue().decode("utf-8", "replace")
    response.close()
    return response.status_code, body
