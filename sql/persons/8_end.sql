-- The same transaction may count another period.
DROP TABLE list, statement, residence, person, wider, cube, elsewhere, moved_area;
