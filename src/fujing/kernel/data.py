"""What the kernel's tables hold."""

from __future__ import annotations

from fujing.kernel.models import Decision, HistoryEntry, HistoryErasure, HistorySeal, Reading, StoredFile
from fujing.kernel.privacy import About, End, internal, officer, personal, sensitive, table

PRIVACY = {
    # `before` and `after` repeat the values of the changed row, encrypted ones as they are stored.
    HistoryEntry: table(
        internal("id at tracked row_id organ_code operation reason request_id"),
        officer("actor account_id"),
        sensitive("before after", About.ANYBODY, End.SUBJECT),
        personal("of_person", About.ANYBODY, End.RECORD),
    ),
    HistoryErasure: table(internal("id entry organ_code leaf columns remains rule at"), officer("actor")),
    HistorySeal: internal("id day entries root previous digest sealed_at"),
    Decision: table(
        internal("id organ_code kind subject_table subject_id outcome provisions rule_book decided_at contest_until"),
        officer("decided_by decided_by_id"),
        personal("person_id account_id", About.ANYBODY, End.RECORD),
        personal("message facts", About.ANYBODY, End.SUBJECT),
    ),
    Reading: table(
        internal("id organ_code kind what tracked row_id reason at request_id"),
        officer("reader reader_name"),
        personal("person_id account_id", About.ANYBODY, End.RECORD),
        sensitive("sought", About.ANYBODY, End.RECORD, told=False),
    ),
    StoredFile: table(
        internal("id organ_code content_type size digest stored_at"),
        personal("account_id name", About.ANYBODY, End.SUBJECT),
        personal("path", About.ANYBODY, End.SUBJECT, told=False),
    ),
}
