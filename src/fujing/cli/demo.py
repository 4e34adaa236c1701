"""`fujing demo`: a small province with accounts to sign in by, on an embedded server."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from fujing.cli import seed, server
from fujing.kernel.actor import Actor

if TYPE_CHECKING:
    from fujing.kernel.approvals import Paper

PASSWORD = "fujing-demo-2026"  # noqa: S105 - printed by the demo
SANTAI, YANTING, MIANYANG, PROVINCE = 510722000000, 510723000000, 510700000000, 510000000000
# username → name, organ, roles
ACCOUNTS = {
    "santai_hr": ("李经办", SANTAI, ["hr_officer"]),
    "santai_head": ("陈人事", SANTAI, ["hr_head"]),
    "santai_leader": ("周局长", SANTAI, ["organ_leader"]),
    "santai_finance": ("邓财务", SANTAI, ["finance"]),
    "santai_unit": ("赵所长", SANTAI + 500, ["unit_leader"]),
    "santai_police": ("何民警", SANTAI, ["police_officer"]),
    "santai_discipline": ("唐督察", SANTAI, ["discipline"]),
    "santai_bianzhi": ("编办审核", SANTAI + 910000, ["partner_establishment"]),
    "santai_caizheng": ("财政审核", SANTAI + 920000, ["partner_finance"]),
    "santai_renshe": ("人社经办", SANTAI + 930000, ["partner_hrss"]),
    "santai_zhengfu": ("政府办", SANTAI + 950000, ["partner_government"]),
    "yanting_hr": ("盐亭经办", YANTING, ["hr_officer"]),
    "yanting_head": ("盐亭人事", YANTING, ["hr_head"]),
    "yanting_police": ("冯民警", YANTING, ["police_officer"]),
    "yanting_discipline": ("严督察", YANTING, ["discipline"]),
    "mianyang_head": ("市局人事", MIANYANG, ["hr_head"]),
    "province_head": ("省厅人事", PROVINCE, ["hr_head"]),
    "province_hr": ("省厅经办", PROVINCE, ["hr_officer"]),
    "system_admin": ("系统管理", PROVINCE, ["system_admin"]),
    "security_admin": ("安全管理", PROVINCE, ["security_admin"]),
    "audit_admin": ("审计管理", PROVINCE, ["audit_admin"]),
}


def seed_accounts() -> None:
    """The demo's sign-ins; existing ones are left alone."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from fujing.kernel.actor import acting
    from fujing.registry.models import Account, RoleAssignment
    from fujing.registry.seed import SEEDER

    with acting(SEEDER):
        present = set(Account.objects.values_list("username", flat=True))
        for username, (name, organ, roles) in ACCOUNTS.items():
            if username in present:
                continue
            account = Account.objects.create_user(username=username, password=PASSWORD, name=name, organ_code=organ)
            for role in roles:
                RoleAssignment.objects.create(
                    account=account, organ_code=organ, role=role, span=DateRange(date(2021, 3, 1), None)
                )


def paper_decision(actor: Actor, number: str, day: date) -> Paper:
    """A department's decision on paper, with the scan that it needs."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fujing.kernel.approvals import Paper
    from fujing.kernel.files import file_store
    from fujing.kernel.papers import Paper as Sheet
    from fujing.kernel.papers import Text, pdf

    sheet = Sheet(title=number, blocks=(Text("同意。"), Text("虚构文件，仅供演示。")), dated=day)
    upload = SimpleUploadedFile(f"{number}.pdf", pdf(sheet), content_type="application/pdf")
    return Paper(number, day, file_store(actor=actor, organ_code=actor.organ_code or 0, upload=upload))


def seed_budget() -> None:
    """A budget of 三台 for this year, issued on paper, a payment and the figures behind the ratios; once."""
    from decimal import Decimal

    from fujing.general.budget.models import Budget
    from fujing.general.budget.services import Voucher, budget_decide, budget_draft, budget_submit, spending_record
    from fujing.general.quota.services import figures_record
    from fujing.kernel.actor import acting
    from fujing.kernel.clock import today

    year = today().year
    amounts = {
        "pay": 9_600_000,
        "commendation": 120_000,
        "insurance": 3_100_000,
        "equipment": 260_000,
        "uniform": 180_000,
    }
    finance, head = signed_in("santai_finance"), signed_in("santai_head")
    with acting(finance):
        if Budget.objects.exists():
            return
        money = {kind: Decimal(amount) for kind, amount in amounts.items()}
        budget = budget_draft(actor=finance, year=year, amounts=money, reason=f"{year}年辅警经费")
        budget = budget_submit(actor=finance, budget=budget)
    with acting(head):
        budget_decide(
            actor=head,
            budget=budget,
            verb="record_pass",
            paper=paper_decision(head, f"三财预〔{year}〕18号", min(date(year, 1, 20), today())),
        )
        figures_record(actor=head, year=year, police_officers=520, residents=950_000, source="虚构数据，仅供演示")
    with acting(finance):
        voucher = Voucher(f"{year}年记字第31号", min(date(year, 1, 25), today()), "一月工资")
        spending_record(actor=finance, year=year, kind="pay", amount=Decimal(802_450), voucher=voucher)


def signed_in(username: str) -> Actor:
    """A sample account as its sign-in makes it."""
    from fujing.kernel.actor import acting
    from fujing.registry.models import Account
    from fujing.registry.queries import account_with_roles, actor_of
    from fujing.registry.seed import SEEDER

    with acting(SEEDER):
        account = account_with_roles(Account.objects.get(username=username).pk)
    assert account is not None
    return actor_of(account)


def seed_oversight() -> None:
    """Officers for most of 三台's people, an open notice of the city to 三台, a document of the province; once."""
    from fujing.compliance.guidance.models import Guidance
    from fujing.compliance.guidance.services import Document, guidance_draft, guidance_publish
    from fujing.compliance.rectification.services import Content, notice_draft, notice_send
    from fujing.kernel.actor import acting
    from fujing.kernel.clock import today
    from fujing.registry.models import Account, Assignment, Organ
    from fujing.registry.seed import SEEDER

    with acting(SEEDER):
        if Guidance.objects.exists():
            return
        santai = Organ.objects.select_related("parent").get(pk=SANTAI)
        now = Assignment.objects.filter(organ_code=SANTAI, span__endswith__isnull=True)
        unled = list(now.order_by("-pk").values_list("pk", flat=True)[:12])
        now.exclude(pk__in=unled).update(officer=Account.objects.get(username="santai_police"))
    with acting(signed_in("province_head")) as province:
        document = Document(
            "川公辅〔2026〕15号",
            "关于落实警务辅助人员责任民警的通知",
            today(),
            ["4", "5.p1"],
            today(),
            "每名警务辅助人员在任何时候应有一个用人单位和一名责任民警。岗位变动当日明确新的责任民警，不得断档。",
        )
        guidance_publish(actor=province, guidance=guidance_draft(actor=province, document=document))
    with acting(signed_in("mianyang_head")) as city:
        content = Content(
            "绵公督〔2026〕7号",
            "部分辅警没有责任民警",
            ["5.p1"],
            "检查发现，三台县公安局有 12 名在职辅警没有责任民警。",
            "逐人明确责任民警，录入系统，并书面答复。",
            15,
            "calendar",
        )
        notice_send(actor=city, notice=notice_draft(actor=city, subject=santai, content=content))


def register(app: typer.Typer) -> None:
    """Add this module's command to the root command."""

    @app.command("demo")
    def demo(
        port: Annotated[int, typer.Option(help="端口")] = 8000,
        host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    ) -> None:
        """建立演示数据并启动网站，可以重复运行。"""
        from fujing.cli import output
        from fujing.cli.assets import build_assets
        from fujing.registry.states import Role

        server.run_as_owner("migrate")
        build_assets()
        server.setup()
        seed.seed(600, 1)
        seed_accounts()
        seed_budget()
        seed_oversight()
        from fujing.cli.demo_recruitment import seed_recruitment

        applicant = seed_recruitment()
        rows = [
            (username, name, "、".join(str(Role(role).label) for role in roles))
            for username, (name, _, roles) in ACCOUNTS.items()
        ]
        if applicant:
            rows.append((applicant, "报名人", "报名人（看成绩、名次和结果）"))
        output.table(f"演示账号（密码均为 {PASSWORD}）", ["账号", "姓名", "角色"], rows)
        typer.echo(f"打开 http://{host}:{port}/")
        sys.stdout.flush()
        server.serve_forever(host, port)
