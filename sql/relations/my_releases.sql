-- Releases whose figures the reader may see: those that are public, and under embargo those who may preview see all.
-- Grain: release.
CREATE VIEW core.my_releases AS  -- of the owner, who sees every release
SELECT r.release_id
FROM core.release r
WHERE (SELECT core.may_for_country('preview'))
   OR (SELECT core.sees('released')) AND r.state IN ('released', 'superseded', 'withdrawn') AND NOT r.concealed;
