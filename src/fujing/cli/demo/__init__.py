"""`fujing demo`: a small province with accounts to sign in by, on an embedded server; one module a chapter makes what it shows."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fujing.cli import seed, server
from fujing.cli.demo.cast import ACCOUNTS, AUXILIARY, PASSWORD


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
        from fujing.cli.demo.appraisal import seed_appraisals
        from fujing.cli.demo.commendation import seed_commendations
        from fujing.cli.demo.complaints import seed_complaints
        from fujing.cli.demo.compliance import seed_oversight
        from fujing.cli.demo.discipline import seed_discipline
        from fujing.cli.demo.duties import seed_duties
        from fujing.cli.demo.general import seed_budget
        from fujing.cli.demo.leave import seed_leave
        from fujing.cli.demo.management import seed_leaving, seed_probation
        from fujing.cli.demo.outfit import seed_cards, seed_stock
        from fujing.cli.demo.pay import seed_pay
        from fujing.cli.demo.protection import seed_protection
        from fujing.cli.demo.recruitment import seed_recruitment
        from fujing.cli.demo.registry import seed_accounts, seed_own
        from fujing.cli.demo.tiers import seed_tiers
        from fujing.cli.demo.training import seed_training

        seed.seed(600, 1)
        seed_accounts()
        seed_budget()
        seed_oversight()
        seed_appraisals()
        seed_training()
        seed_leaving()
        seed_probation()
        seed_own()
        seed_cards()
        seed_stock()
        seed_duties()
        seed_commendations()
        seed_tiers()
        seed_leave()
        seed_pay()
        seed_complaints()
        seed_discipline()
        seed_protection()
        applicant = seed_recruitment()
        rows = [
            (username, name, "、".join(str(Role(role).label) for role in roles))
            for username, (name, _, roles) in ACCOUNTS.items()
        ]
        rows.append((AUXILIARY, "三台县一名辅警", "辅警（本人服务，手机）"))
        if applicant:
            rows.append((applicant, "报名人", "报名人（看成绩、名次和结果）"))
        output.table(f"演示账号（密码均为 {PASSWORD}）", ["账号", "姓名", "角色"], rows)
        typer.echo(f"打开 http://{host}:{port}/")
        sys.stdout.flush()
        server.serve_forever(host, port)
