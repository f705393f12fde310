-- Remainders of published totals are few among all lines, and every page of an area asks for its own.
CREATE INDEX scheme_line_remainder ON core.scheme_line (return_id) WHERE remainder;
