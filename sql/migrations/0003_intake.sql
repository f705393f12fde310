-- Withdrawals, confirmations, other datasets.
SELECT;
