"""Objects of the retention: the one door to an applicant's erasure."""

from __future__ import annotations

from fujing.kernel.objects import function
from fujing.recruitment.retention.erasing import ERASE

OBJECTS = (function("retention_erase", "application bigint, blank bytea, leaves jsonb", ERASE),)
