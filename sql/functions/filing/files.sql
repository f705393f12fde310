-- Whether the session files returns of a dataset for any area; NULL: of any dataset.
CREATE FUNCTION core.files(dataset text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM core.filing() f WHERE files.dataset IS NULL OR f.dataset = files.dataset)
$$;
