"""Where what waits in the wing is done."""

from fujing.management.appraisal.states import WAITING as OPEN_ROUNDS
from fujing.management.complaints.todos import OPEN as OPEN_REPORTS
from fujing.management.leaving.states import WAITING
from fujing.management.training.todos import WHAT as COURSES
from fujing.registry.roster import ENDING

PLACES = {
    "no_contract": "desk:contracts?step=none",
    "contract_lapsed": "desk:contracts?step=lapsed",
    **{f"contract_{band}": f"desk:contracts?step={band}" for band in ENDING},
    **{f"renewal_{step}": f"desk:contracts?step={step}" for step in ("offered", "accepted", "leaving")},
    **{f"probation_{step}": f"desk:contracts?step=probation_{step}" for step in ("due", "reviewed")},
    "retiring": "desk:contracts?step=retiring",
    "commendation_proposed": "desk:commendations?state=proposed",
    "commendation_checked": "desk:commendations?state=checked",
    "commendation_objected": "desk:commendations?due=objected",
    "commendation_publicised": "desk:commendations?due=over",
    **{f"complaint_{state}": f"desk:complaints?state={state}" for state in OPEN_REPORTS},
    **{f"discipline_{state}": f"desk:breaches?state={state}" for state in ("recorded", "proposed", "asked")},
    **{f"discipline_{due}": f"desk:breaches?due={due}" for due in ("late", "heard", "over", "dismissal")},
    "discipline_scheme": "desk:discipline_rules?state=entered",
    "tiers_scheme_drafted": "desk:tier_schemes?state=drafted",
    "tiers_batch_drafted": "desk:tier_batches?state=drafted",
    "tiers_batch_proposed": "desk:tier_batches?state=proposed",
    "tiers_batch_objected": "desk:tier_batches?due=objected",
    "tiers_batch_publicised": "desk:tier_batches?due=over",
    "suggestion_made": "desk:suggestions?state=made",
    **{f"protection_{state}": f"desk:protections?state={state}" for state in ("opened", "handling")},
    "clarification_agreed": "desk:protections?state=handling",
    "correction_asked": "desk:corrections?state=asked",
    "hearing_told": "desk:hearing",
    "resignation_received": "desk:resignations?state=received",
    "card_without": "desk:cards_without",
    "card_requested": "desk:cards?state=requested",
    **{f"card_{due}": f"desk:cards?due={due}" for due in ("expiring", "gone")},
    **dict.fromkeys(("appraisal_self", "appraisal_officer", "appraisal_unit"), "desk:appraisal_waiting"),
    **{f"appraisal_{state}": f"desk:appraisals?state={state}" for state in OPEN_ROUNDS},
    "appraisal_asked": "desk:appraisals?state=publicised",
    **{f"departure_{state}": f"desk:departures?state={state}" for state in WAITING},
    **{f"course_{state}": f"desk:courses?state={state}" for state in COURSES},
    "training_induction": "desk:training_needs?kind=induction&outcome=lacks",
    "training_lacking": "desk:training_needs?outcome=lacks",
}
