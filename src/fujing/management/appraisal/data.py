"""What is held about appraisals, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, table
from fujing.management.appraisal.models import Opinion, Reconsideration, Round, Sheet
from fujing.registry.data import FILE

PRIVACY = {
    Round: table(
        internal("id organ_code title period first last scheme state publicity_from publicity_to reconsider_until"),
        internal("why decided_on made_at"),
        officer("made_by made_by_id proposed_by proposed_by_id decided_by decided_by_id"),
    ),
    Sheet: table(
        internal("id organ_code round state facts_on"),
        personal("engagement person_id name post unit officer facts self_report self_file self_on self_missing", *FILE),
        personal("absent_days due due_because total grade grade_because result", *FILE),
        officer("self_by self_by_id graded_by graded_by_id"),
    ),
    Opinion: table(
        internal("id organ_code step scored_at"),
        personal("sheet duty performance conduct education words", *FILE),
        officer("scored_by scored_by_id"),
    ),
    Reconsideration: table(
        internal("id organ_code kind state asked_on answered_on"),
        personal("sheet person_id said file answer grade", *FILE),
        officer("received_by received_by_id answered_by answered_by_id"),
    ),
}
