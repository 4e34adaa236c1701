"""Where what waits in the wing is done."""

PLACES = {
    "pay_scheme_entered": "desk:pay_schemes?state=entered",
    "pay_run_submitted": "desk:pay_runs?state=submitted",
    "pay_run_draft": "desk:pay_runs?state=draft",
    "pay_run_approved": "desk:pay_runs?state=approved",
}
