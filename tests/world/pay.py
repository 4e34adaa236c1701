"""A month's pay of the county: its scheme, what is said of who was hired, the run, and what was paid."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.formats.pay_template import example_scheme
from fujing.safeguards.payroll.facts import facts_say
from fujing.safeguards.payroll.services import run_approve, run_draft, run_lock, run_submit, scheme_decide, scheme_enter
from tests.world.made import County


def pay(made: County) -> None:
    """The clerk enters and reckons, the head approves, the clerk pays."""
    assert made.engagement is not None
    month = today().replace(day=1)
    text = example_scheme().replace("510722000000", str(made.code)).replace("2026", str(month.year))
    with acting(made.hr):
        scheme = scheme_enter(
            actor=made.hr,
            text=text,
            document_number="薪酬〔2026〕1号",
            document_date=today(),
            upload=SimpleUploadedFile("方案.pdf", b"%PDF-1.4 scheme"),
        )
    with acting(made.head):
        scheme_decide(actor=made.head, scheme=scheme, verb="approve")
    person = {
        "id": made.engagement.person_id,
        "since": month,
        "tier": "七级",
        "post_grade": "一线",
        "appraisal": "称职",
        "category": "勤务",
        "hired_on": made.engagement.span.lower,
        "left_on": made.engagement.span.upper,
        "social_base": Decimal(5000),
        "housing_base": Decimal(5000),
    }
    with acting(made.hr):
        rows = [{"id": person["id"], "month": month, "night_shifts": 1}]
        facts_say(actor=made.hr, source="考勤表", people=[person], months=rows)
        run = run_submit(actor=made.hr, run=run_draft(actor=made.hr, month=month))
    with acting(made.head):
        run = run_approve(actor=made.head, run=run)
    with acting(made.hr):
        run_lock(actor=made.hr, run=run)
