-- Ends the endorsements and signatures of some compilations at a moment; what was signed stays readable.
CREATE FUNCTION core.end_signatures(of_period integer, of_dataset text, areas integer[], at timestamptz)
RETURNS void LANGUAGE sql AS $$
    UPDATE core.endorsement SET ended_at = at
    WHERE period_id = of_period AND dataset = of_dataset AND area_id = ANY (areas) AND ended_at = 'infinity';
    UPDATE core.signature SET ended_at = at
    WHERE period_id = of_period AND dataset = of_dataset AND area_id = ANY (areas) AND ended_at = 'infinity';
$$;
