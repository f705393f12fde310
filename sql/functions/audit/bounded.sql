-- What an entry of the audit log tells besides, with long texts cut (…); {"cut": bytes} where it is too much all the same.
CREATE FUNCTION ledger.bounded(detail jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(short.detail::text) <= 8000 THEN short.detail
                ELSE jsonb_build_object('cut', octet_length(detail::text)) END
    FROM (
        SELECT coalesce(jsonb_object_agg(key, CASE
            WHEN jsonb_typeof(value) = 'string' AND length(value #>> '{}') > 500
                THEN to_jsonb(left(value #>> '{}', 500) || '…')
            ELSE value END), '{}') AS detail
        FROM jsonb_each(detail)
    ) AS short
$$;
