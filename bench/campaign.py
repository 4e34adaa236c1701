"""Queries and server time of the desk's pages of one campaign, 20,000 applicants, as the application role.

Nine in ten are qualified, and each of those has a written score. Run: python -m bench.campaign [applicants]
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.pages import measured, told
from bench.stored import owner, prepare

QUALIFIED = """
UPDATE applications_application SET state = 'qualified', reviewed_by = '审查人', screened_at = now(), handed_in_at = now()
WHERE id %% 10 <> 0 AND campaign_id = %s
"""
SCORES = """
INSERT INTO selection_stagescore (organ_code, application_id, stage, item, judge, score, entered_by, entered_by_ids)
SELECT organ_code, id, 'written', '', '', round(30 + id %% 7000 / 100.0, 2)::text, '录入人', '{}'
FROM applications_application WHERE state = 'qualified' AND campaign_id = %s
"""
PAGES = {
    "招聘项目": "",
    "审核队列": "applications/",
    "审核队列·不符合": "applications/?result=ineligible",
    "审核队列·待核实": "applications/?result=undetermined",
    "审核队列·学历": "applications/?rule=recruitment.education",
    "审核队列·姓名": "applications/?name=报名人1",
    "考试安排": "sittings/",
    "成绩": "scores/",
    "双人录入": "scores/entries/",
    "公布和复核": "scores/results/",
    "排名": "ranking/",
    "体检": "medical/",
    "公示": "publicity/",
    "聘用": "hires/",
}


def filled(campaign: int) -> None:
    """The states and scores that the services would take hours to write."""
    with psycopg.connect(**owner(), autocommit=True) as connection:
        for table, statement in (("applications_application", QUALIFIED), ("selection_stagescore", SCORES)):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            connection.execute(statement, [campaign])
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            connection.execute(f"ANALYZE {table}")


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    folder = tempfile.mkdtemp(prefix="fujing-bench-campaign-")
    try:
        actor, campaign = prepare(folder, number)
        logging.getLogger("fujing.requests").setLevel(logging.WARNING)
        filled(campaign.pk)
        from django.conf import settings

        from fujing.kernel.actor import acting
        from fujing.recruitment.applications.screening import applications_screen
        from tests.clients import client_of

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        with acting(actor):
            applications_screen(actor=actor, campaign=campaign)
        client = client_of(actor)
        print(f"报名 {number:,} 人，本机负载 {os.getloadavg()[0]:.1f}", flush=True)
        for name, path in PAGES.items():
            print(told(name, *measured(client, f"/desk/campaigns/{campaign.pk}/{path}", "")), flush=True)
    finally:
        from fujing.kernel.postgres import server

        server.embedded_stop(Path(folder))
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
