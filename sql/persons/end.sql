-- The same transaction may count another period.
DROP TABLE list, listed_scheme, said, age_of, statement, residence, home;
