COMMENT ON VIEW mart.me IS 'Who this session is and what it may: one row, or none for a login without an account';
COMMENT ON COLUMN mart.me.person IS 'Name of the account; empty for a visitor and for Sala itself';
COMMENT ON COLUMN mart.me.role IS 'Role of the country folder; empty where everything is allowed';
COMMENT ON COLUMN mart.me.area_code IS 'The area in which the role is held; it reaches what lies below';
COMMENT ON COLUMN mart.me.area_level IS 'Layer of that area';
COMMENT ON COLUMN mart.me.administrator IS 'The scheme administrator to whose schemes the account is bound, if to any';
COMMENT ON COLUMN mart.me.language IS 'Language in which the person wants to read';
COMMENT ON COLUMN mart.me.sees IS 'Which figures are seen: provisional, endorsed, released';
COMMENT ON COLUMN mart.me.actions IS 'What may be done there; endorse and settle only in the area itself';
