"""Reading background checks as somebody."""

from __future__ import annotations

from django.db import connection

from fujing.kernel import cipher
from fujing.kernel.actor import Actor
from fujing.kernel.counts import counted_by
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign


def check_for(actor: Actor, application: Application) -> BackgroundCheck | None:
    """The background check of an application, as far as the actor may see it."""
    return BackgroundCheck.objects.filter(application=application).first()


def check_states(campaign: Campaign) -> dict[str, int]:
    """How many background checks of a campaign stand where."""
    return counted_by(BackgroundCheck.objects.filter(application__campaign=campaign), "state")


def earlier_exit(application: Application) -> int | None:
    """20.7 across the province: the id of an exit for leaving without permission or dismissal, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT background_earlier_exit(%s)", [cipher.identity_key(str(application.id_number))])
        row = cursor.fetchone()
    return row[0] if row else None
