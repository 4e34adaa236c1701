"""`fujing seed`: a synthetic province."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from fujing.cli import server
from fujing.registry.divisions import PROVINCE


def quota_wanted(people: int) -> tuple[dict[int, int], ...]:
    """Quota by organ code for the province, the cities and the counties: a fifth more than the people, and some."""
    from fujing.registry.seed import bureaus_weighted

    counties = {code: round(count * 1.2) + 70 for code, count in _counts(bureaus_weighted(people))}
    cities: dict[int, int] = {}
    for code, amount in counties.items():
        city = code // 10**8 * 10**8
        cities[city] = cities.get(city, 50) + amount
    return {PROVINCE: sum(cities.values()) + 1000}, cities, counties


def seed_quota(people: int) -> bool:
    """Grant the quota level by level with document numbers; False when it was granted before for another number."""
    from dataclasses import replace

    from fujing.general.quota.models import QuotaAccount
    from fujing.general.quota.services import quota_grant
    from fujing.kernel.actor import acting
    from fujing.registry.models import Organ
    from fujing.registry.seed import SEEDER

    wanted = quota_wanted(people)
    with acting(SEEDER):
        present = QuotaAccount.objects.filter(pk=PROVINCE).first()
        if present is not None:
            return present.granted == wanted[0][PROVINCE]
        organs = Organ.objects.select_related("parent").in_bulk([code for level in wanted for code in level])
        for level in wanted:
            for code, amount in level.items():
                quota_grant(
                    actor=replace(SEEDER, organ_code=organs[code].parent_id or code),
                    organ=organs[code],
                    amount=amount,
                    document_number=f"川编发〔2025〕{code // 10**6 % 10**4}号",
                    document_date=date(2025, 1, 10),
                    reason="年度核定",
                )
    return True


def _counts(weighted: list) -> list[tuple[int, int]]:
    from fujing.registry.divisions import organ_code

    return [(organ_code(division), count) for division, count in weighted]


def seed(people: int, number: int) -> None:
    """Organs, quota, people; into a province that has people already nothing is added."""
    from fujing.registry.seed import people_present, seed_organs, seed_people

    organs, present = seed_organs(), people_present()
    if present >= people:
        typer.echo(f"已有机构 {organs} 个、人员 {present} 人，未再写入。", err=True)
        return
    if not seed_quota(people):
        typer.echo(
            f"已有人员 {present} 人，用人额度按当时的人数下达，不能再写到 {people} 人。"
            "请用环境变量 FUJING_DATA 换一个空的数据目录。",
            err=True,
        )
        raise typer.Exit(1)
    made = seed_people(people, number)
    typer.echo(f"机构 {made.organs} 个，新增人员 {made.people} 人。", err=True)


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""

    @app.command("seed")
    def seed_command(
        people: Annotated[int, typer.Option(help="人数")] = 600,
        number: Annotated[int, typer.Option("--seed", help="随机种子，相同则人员相同")] = 1,
    ) -> None:
        """写入虚构的全省机构和人员。"""
        server.setup()
        seed(people, number)
