-- Accounts, roles and who may see what.
SELECT;
