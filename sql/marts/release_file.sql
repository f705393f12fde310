CREATE VIEW mart.release_file WITH (security_invoker) AS
SELECT r.code AS release, f.name, f.media_type, f.content, f.sha256
FROM core.release_file f
JOIN core.release r USING (release_id);
