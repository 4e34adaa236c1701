"""Words of the quota ledger."""

from django.db.models import TextChoices


class EntryKind(TextChoices):
    GRANT = "grant", "核定下达"
    WITHDRAW = "withdraw", "收回"
    MOVE_OUT = "move_out", "调出"
    MOVE_IN = "move_in", "调入"


# Who may change quota: the personnel heads and leaders of the granting organ.
QUOTA_ROLES = ("hr_head", "organ_leader")
