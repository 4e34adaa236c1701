"""Objects of the tiers: whose they are, that a cap is never entered beyond its places, and that leaving ends a tier."""

from __future__ import annotations

from fujing.kernel.clock import TODAY
from fujing.kernel.objects import function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED

# Asked at commit, of the organ's tiers as they then are. Places are counted before the batch: whom it moves counts where
# they were, and a base that has shrunk meanwhile leaves fewer. Only entering a set is refused, never being in it.
WITHIN_CAPS = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    made record;
    cap jsonb;
    former text;
    base bigint;
    held bigint;
    entered bigint;
    allowed bigint;
BEGIN
    IF NEW.batch_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT b.*, s.rules INTO made FROM tiers_batch b JOIN tiers_scheme s ON s.id = b.scheme_id
        WHERE b.id = NEW.batch_id FOR UPDATE OF s;
    IF made.state IS DISTINCT FROM 'decided' OR NOT EXISTS (SELECT 1 FROM tiers_candidate WHERE batch_id = NEW.batch_id
        AND engagement_id = NEW.engagement_id AND chosen AND to_tier = NEW.tier AND effective = NEW.since
        AND NEW.source = CASE status WHEN 'entry' THEN 'initial' WHEN 'promoted' THEN 'promotion' ELSE 'demotion' END) THEN
        RAISE EXCEPTION '层级的变动应列入已经决定的批次。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    SELECT tier INTO former FROM tiers_holding WHERE engagement_id = NEW.engagement_id AND ended_batch_id = NEW.batch_id;
    FOR cap IN SELECT c FROM jsonb_array_elements(made.rules) v, jsonb_array_elements(v -> 'caps') c
        WHERE (v ->> 'from')::date <= made.day AND (v ->> 'to' IS NULL OR made.day < (v ->> 'to')::date)
    LOOP
        CONTINUE WHEN NOT cap -> 'tiers' ? NEW.tier OR coalesce(cap -> 'tiers' ? former, false);
        SELECT count(*) INTO entered FROM tiers_holding n
            LEFT JOIN tiers_holding o ON o.engagement_id = n.engagement_id AND o.ended_batch_id = n.batch_id
            WHERE n.batch_id = NEW.batch_id AND cap -> 'tiers' ? n.tier AND NOT coalesce(cap -> 'tiers' ? o.tier, false);
        SELECT count(DISTINCT engagement_id) INTO held FROM tiers_holding
            WHERE organ_code = NEW.organ_code AND batch_id IS DISTINCT FROM NEW.batch_id AND cap -> 'tiers' ? tier
            AND (upper_inf(span) OR upper(span) > made.day OR ended_batch_id = NEW.batch_id);
        IF jsonb_typeof(cap -> 'base') = 'array' THEN
            SELECT count(DISTINCT engagement_id) INTO base FROM tiers_holding
                WHERE organ_code = NEW.organ_code AND batch_id IS DISTINCT FROM NEW.batch_id AND cap -> 'base' ? tier
                AND (upper_inf(span) OR ended_batch_id = NEW.batch_id);
        ELSE
            SELECT least(coalesce(sum(amount) FILTER (WHERE document_date <= made.day), 0),
                coalesce(sum(amount) FILTER (WHERE document_date <= {TODAY}), 0)) INTO base
                FROM quota_quotaentry WHERE organ_code = NEW.organ_code;
        END IF;
        allowed := base * (cap ->> 'over')::bigint / (cap ->> 'under')::bigint;
        IF held + entered > allowed THEN
            RAISE EXCEPTION '%至多%人，批前已有%人，本批进入%人，超过名额（第二十三条第一款）。',
                cap ->> 'set', allowed, held, entered USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$"""

# At once, in the act that ends the employment: nobody who has left holds a tier.
ENDS_WITH_EMPLOYMENT = """RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE tiers_holding SET span = daterange(least(lower(span), upper(NEW.span) - 1), upper(NEW.span)), ended_how = 'left'
        WHERE engagement_id = NEW.id AND upper_inf(span);
    RETURN NULL;
END
$$"""

OBJECTS = (
    key("tiers_scheme_of_organ", "tiers_scheme", "id, organ_code"),
    key("tiers_batch_of_organ", "tiers_batch", "id, organ_code"),
    key("tiers_candidate_of_batch", "tiers_candidate", "id, batch_id, organ_code"),
    same_parent("tiers_batch_of_its_scheme", "tiers_batch", "scheme_id, organ_code", "tiers_scheme", "id, organ_code"),
    same_parent("tiers_holding_of_its_batch", "tiers_holding", "batch_id, organ_code", "tiers_batch", "id, organ_code"),
    same_parent(
        "tiers_holding_ended_by_its_batch",
        "tiers_holding",
        "ended_batch_id, organ_code",
        "tiers_batch",
        "id, organ_code",
    ),
    same_parent(
        "tiers_candidate_of_its_batch", "tiers_candidate", "batch_id, organ_code", "tiers_batch", "id, organ_code"
    ),
    same_parent(
        "tiers_objection_of_its_candidate",
        "tiers_objection",
        "candidate_id, batch_id, organ_code",
        "tiers_candidate",
        "id, batch_id, organ_code",
    ),
    *(
        same_parent(
            f"{table}_of_its_person",
            table,
            "engagement_id, organ_code, person_id",
            "registry_engagement",
            "id, organ_code, person_id",
            needs=("registry",),
        )
        for table in ("tiers_holding", "tiers_candidate", "tiers_pastfact")
    ),
    function("tiers_within_caps", "", WITHIN_CAPS),
    trigger(
        "tiers_holding_within_caps",
        "tiers_holding",
        "AFTER INSERT",
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tiers_within_caps()",
        constraint=True,
    ),
    function("tiers_end_with_employment", "", ENDS_WITH_EMPLOYMENT, needs=("registry",)),
    trigger(
        "tiers_end_with_employment",
        "registry_engagement",
        "AFTER UPDATE",
        "FOR EACH ROW WHEN (upper_inf(OLD.span) AND NOT upper_inf(NEW.span)) EXECUTE FUNCTION tiers_end_with_employment()",
        needs=("registry",),
    ),
)
