"""Objects of the retention: the one door to an applicant's erasure."""

from __future__ import annotations

from fujing.kernel.objects import function
from fujing.recruitment.retention.erasing import erase_function

OBJECTS = (function("retention_erase", "application bigint, blank bytea, leaves jsonb", erase_function()),)
