"""What accounts, organs and the files of auxiliaries hold."""

from __future__ import annotations

from fujing.kernel.privacy import About, End, internal, officer, personal, public, sensitive, table
from fujing.registry.models import (
    Account,
    Activation,
    Assignment,
    Contract,
    Engagement,
    Organ,
    Person,
    PlaceCorrection,
    Post,
    RoleAssignment,
    RosterImport,
    RosterRecord,
    SavedView,
)
from fujing.registry.models.records import FACTS

FILE = (About.AUXILIARY, End.DOSSIER)
OWN = (About.ANYBODY, End.ACCOUNT)

PRIVACY = {
    Account: table(
        internal("id last_login organ_code unit person_id is_active created_at"),
        personal("username", *OWN, erased="'erased-' || id"),
        personal("name", *OWN, mask="name"),
        personal("pinyin initials", *OWN, told=False),
        sensitive("phone", *OWN, mask="phone"),
        sensitive("id_number", *OWN, mask="id_number"),
        sensitive("id_index id_tail_index phone_index", *OWN, told=False),
        sensitive("password", *OWN, erased="'!'", told=False),
    ),
    RoleAssignment: table(internal("id organ_code"), personal("account role span", About.OFFICER, End.RECORD)),
    SavedView: table(internal("id organ_code page"), personal("account name query", About.OFFICER, End.ACCOUNT)),
    Organ: public("code name short_name kind level partner_kind parent"),
    Post: internal("id organ_code unit name category duties scarce_reason"),
    Person: table(
        internal("id organ_code recorded_in"),
        personal("name", *FILE, mask="name"),
        personal("pinyin initials sex birth_date education major household veteran", *FILE),
        sensitive("id_number", *FILE, mask="id_number", reveal=True),
        sensitive("id_index id_tail_index phone_index", *FILE, told=False),
        sensitive("phone", *FILE, mask="phone", reveal=True),
    ),
    Engagement: table(
        internal("id organ_code recorded_in"),
        personal("person identity_key category source span exit_kind exit_note", *FILE),
    ),
    Assignment: table(
        internal("id organ_code unit post"), personal("engagement person_id span", *FILE), officer("officer")
    ),
    PlaceCorrection: table(
        internal("id organ_code post made_at"),
        personal("engagement person_id span before reason", *FILE),
        officer("officer made_by made_by_id"),
    ),
    Contract: table(
        internal("id organ_code"),
        personal(
            "engagement person_id number kind sequence signed_on signer span term_months probation_months probation_until",
            *FILE,
        ),
    ),
    Activation: table(
        internal("id organ_code issued_at until failures outcome ended_at"),
        personal("engagement person_id reason account_id", *FILE),
        # Of a code that opens nothing once its day is over.
        sensitive("code_index", *FILE, told=False),
        officer("issued_by issued_by_id"),
    ),
    RosterImport: table(
        internal(
            "id organ_code file_name digest as_of columns organ_columns organ_name quota planned income income_source "
            "created changed state reason made_at request_id"
        ),
        officer("made_by made_by_id taken_back_by taken_back_by_id"),
    ),
    RosterRecord: table(
        internal("id organ_code roster_import superseded_by row"),
        personal("person engagement period", *FILE),
        personal(" ".join(FACTS.values()), *FILE),
    ),
}
