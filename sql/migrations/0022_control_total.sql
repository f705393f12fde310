-- Published totals, compared with what is compiled and added to nothing.
CREATE TABLE core.control_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    sex "char" NOT NULL,  -- T: all together
    beneficiaries bigint NOT NULL,
    amount_paid numeric(18, 2)
);
CREATE INDEX control_line_return ON core.control_line (return_id);

ALTER TABLE core.return DROP CONSTRAINT return_check1;
ALTER TABLE core.return ADD CONSTRAINT return_scheme
    CHECK ((scheme_id > 0) = (dataset IN ('scheme_returns', 'beneficiary_list', 'allocations', 'control_totals')));
