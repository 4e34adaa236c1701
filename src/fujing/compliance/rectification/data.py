"""What notices to rectify hold: findings about organs."""

from __future__ import annotations

from fujing.compliance.rectification.models import Notice, NoticeStep
from fujing.kernel.privacy import internal, officer, table

PRIVACY = {
    Notice: table(
        internal(
            "id organ_code issuer_code subject_code number title provisions facts demand evidence term_days term_unit"
            " state sent_on due_on"
        ),
        officer("drafted_by drafted_by_id"),
    ),
    NoticeStep: table(internal("id organ_code notice verb acting_code text day file at"), officer("by by_id")),
}
