"""The one door to an applicant's erasure: a function of the database that asks the retention period itself."""

from __future__ import annotations

from fujing.kernel.refusals import RAISED

# Personal values of each table that holds some of an application, as columns of the row and of its history.
PERSONAL = {
    "applications_application": (
        "name",
        "id_number",
        "id_index",
        "phone",
        "birth_date",
        "major",
        "household",
        "height_cm",
        "naked_vision",
        "certificates",
        "veteran",
        "martyr_kin",
        "bravery",
        "police_school",
        "skill",
        "scarce_skill",
        "review_note",
    ),
    "applications_backgroundcheck": ("grounds_told", "answer", "reasons"),
    "applications_backgroundfinding": ("content",),
    "applications_verification": ("source", "seen"),
    "selection_publicitynotice": ("names",),
    "selection_scorecheck": ("text", "answer"),
    "exams_seat": ("happened", "statement"),
    "selection_objection": ("about", "text", "contact", "answer"),
    "hiring_hire": ("reason", "proof_id"),
    "medical_medicalexam": ("items", "document_id", "reexam_document_id"),
    "registry_account": ("username", "name", "phone", "id_number", "id_index", "password"),
}
ERASED = "已按保存期限删除"


def _columns(table: str) -> str:
    return "ARRAY[" + ", ".join(f"'{column}'" for column in PERSONAL[table]) + "]"


# `blank` is the encrypted empty text, since only the application has the key; `leaves` as kernel_erase_history wants it.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION retention_erase(application bigint, blank bytea, leaves jsonb) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    told record;
    checked bigint;
    files bigint[];
    paths text[];
    notices bigint[];
    objections bigint[];
    declined bigint;
    proof bigint;
    asked bigint[];
    seats bigint[];
    examined bigint;
    papers bigint[];
BEGIN
    SELECT a.organ_code, a.account_id, c.state, c.ended_on, c.retention_months,
        format('报名资料自%s起保存%s个月', c.ended_on, c.retention_months) AS rule INTO told
    FROM applications_application a JOIN campaigns_campaign c ON c.id = a.campaign_id
    WHERE a.id = application AND a.erased_at IS NULL AND a.organ_code
        BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint
    FOR UPDATE OF a;
    IF told IS NULL THEN
        RAISE EXCEPTION '没有可以删除的报名。' USING ERRCODE = '{RAISED}';
    END IF;
    IF told.ended_on IS NULL OR told.ended_on + make_interval(months => told.retention_months) > current_date THEN
        RAISE EXCEPTION '报名资料的保存期限未满，不能删除。' USING ERRCODE = '{RAISED}';
    END IF;
    IF EXISTS (SELECT 1 FROM hiring_hire h WHERE h.application_id = application AND h.state = 'hired') THEN
        RAISE EXCEPTION '已聘用人员的报名材料属于其档案，不在此删除。' USING ERRCODE = '{RAISED}';
    END IF;
    PERFORM set_config('fujing.erasing', 'on', true);
    UPDATE applications_application SET name = '', id_number = blank, phone = blank, major = '', household = '',
        id_index = sha256(uuid_send(gen_random_uuid())), birth_date = date_trunc('year', birth_date), height_cm = NULL,
        naked_vision = NULL, certificates = '', veteran = NULL, martyr_kin = NULL, bravery = NULL, police_school = NULL,
        skill = NULL, scarce_skill = NULL, erased_at = clock_timestamp(),
        review_note = CASE WHEN review_note = '' THEN '' ELSE '{ERASED}' END
    WHERE id = application;
    UPDATE applications_backgroundcheck SET grounds_told = NULL, answer = NULL, reasons = NULL
        WHERE application_id = application RETURNING id INTO checked;
    UPDATE applications_backgroundfinding SET content = blank WHERE check_of_id = checked;
    UPDATE applications_verification SET source = '{ERASED}', seen = '{ERASED}' WHERE application_id = application;
    UPDATE kernel_decision SET message = '{ERASED}', facts = '{{}}'
        WHERE subject_table = 'applications_application' AND subject_id = application;
    SELECT array_agg(notice_id) INTO notices FROM selection_publicised p WHERE p.application_id = application;
    UPDATE selection_publicitynotice SET names = (SELECT jsonb_agg(CASE WHEN (entry ->> 'application')::bigint = application
            THEN entry || '{{"name": "{ERASED}", "id_number": ""}}' ELSE entry END) FROM jsonb_array_elements(names) entry)
        WHERE id = ANY (notices);
    SELECT array_agg(o.id) INTO objections FROM selection_objection o WHERE o.application_id = application;
    UPDATE selection_objection SET about = '', text = '{ERASED}', contact = NULL,
        answer = CASE WHEN answer = '' THEN '' ELSE '{ERASED}' END WHERE id = ANY (objections);
    UPDATE kernel_decision SET message = '{ERASED}' WHERE subject_table = 'selection_objection' AND subject_id = ANY (objections);
    SELECT array_agg(s.id) INTO asked FROM selection_scorecheck s WHERE s.application_id = application;
    UPDATE selection_scorecheck SET text = '{ERASED}', answer = CASE WHEN answer = '' THEN '' ELSE '{ERASED}' END
        WHERE id = ANY (asked);
    UPDATE kernel_decision SET message = '{ERASED}' WHERE subject_table = 'selection_scorecheck' AND subject_id = ANY (asked);
    SELECT array_agg(s.id) INTO seats FROM exams_seat s WHERE s.application_id = application;
    UPDATE exams_seat SET happened = CASE WHEN happened = '' THEN '' ELSE '{ERASED}' END,
        statement = CASE WHEN statement = '' THEN '' ELSE '{ERASED}' END WHERE id = ANY (seats);
    SELECT h.id, h.proof_id INTO declined, proof FROM hiring_hire h WHERE h.application_id = application;
    UPDATE hiring_hire SET reason = CASE WHEN reason = '' THEN '' ELSE '{ERASED}' END, proof_id = NULL WHERE id = declined;
    SELECT m.id, ARRAY[m.document_id, m.reexam_document_id] INTO examined, papers FROM medical_medicalexam m
        WHERE m.application_id = application;
    UPDATE medical_medicalexam SET items = CASE WHEN items IS NULL THEN NULL ELSE blank END, document_id = NULL,
        reexam_document_id = NULL WHERE id = examined;
    -- One list of the hospital may be about many: it goes with the last of them.
    papers := ARRAY(SELECT paper FROM unnest(papers) paper WHERE NOT EXISTS (SELECT 1 FROM medical_medicalexam m
        WHERE paper IN (m.document_id, m.reexam_document_id)));
    SELECT array_agg(file_id) INTO files FROM applications_attachment WHERE application_id = application;
    files := array_remove(files || proof || papers, NULL);
    DELETE FROM applications_attachment WHERE application_id = application;
    SELECT array_agg(DISTINCT path) INTO paths FROM kernel_storedfile mine WHERE id = ANY (files)
        AND NOT EXISTS (SELECT 1 FROM kernel_storedfile other WHERE other.path = mine.path AND other.id <> ALL (files));
    DELETE FROM kernel_storedfile WHERE id = ANY (files);
    PERFORM kernel_erase_history('applications_application', ARRAY[application],
        {_columns("applications_application")}, NULL, leaves -> 'applications_application', told.rule);
    PERFORM kernel_erase_history('applications_backgroundcheck', ARRAY[checked],
        {_columns("applications_backgroundcheck")}, NULL, leaves -> 'applications_backgroundcheck', told.rule);
    PERFORM kernel_erase_history('selection_publicitynotice', notices,
        {_columns("selection_publicitynotice")}, NULL, leaves -> 'selection_publicitynotice', told.rule);
    PERFORM kernel_erase_history('selection_objection', objections,
        {_columns("selection_objection")}, NULL, leaves -> 'selection_objection', told.rule);
    PERFORM kernel_erase_history('selection_scorecheck', asked,
        {_columns("selection_scorecheck")}, NULL, leaves -> 'selection_scorecheck', told.rule);
    PERFORM kernel_erase_history('exams_seat', seats,
        {_columns("exams_seat")}, NULL, leaves -> 'exams_seat', told.rule);
    PERFORM kernel_erase_history('medical_medicalexam', ARRAY[examined],
        {_columns("medical_medicalexam")}, NULL, leaves -> 'medical_medicalexam', told.rule);
    PERFORM kernel_erase_history('hiring_hire', ARRAY[declined],
        {_columns("hiring_hire")}, NULL, leaves -> 'hiring_hire', told.rule);
    IF NOT EXISTS (SELECT 1 FROM applications_application a WHERE a.account_id = told.account_id AND a.erased_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = told.account_id AND r.role <> 'applicant')
    THEN
        UPDATE registry_account SET username = 'erased-' || id, name = '', phone = NULL, id_number = NULL, id_index = NULL,
            password = '!', is_active = false WHERE id = told.account_id;
        PERFORM kernel_erase_history('registry_account', ARRAY[told.account_id],
            {_columns("registry_account")}, told.account_id, leaves -> 'registry_account', told.rule);
    END IF;
    PERFORM set_config('fujing.erasing', '', true);
    RETURN coalesce(paths, '{{}}');
END $$;
"""
