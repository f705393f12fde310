-- What was signed and has moved is reopened; what was returned and has been corrected waits to be looked at.
SELECT core.update_reviews(:period_id);
