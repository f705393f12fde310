CREATE VIEW mart.flash_administrators WITH (security_invoker) AS
SELECT area_code, area_level, week,
       avg(institutional_arrangement) AS institutional_arrangement, avg(human_resources) AS human_resources,
       avg(communication_enrolment) AS communication_enrolment, avg(process_tools) AS process_tools,
       avg(project_management) AS project_management,
       count(*) AS received, (SELECT count(*) FROM core.administrator) AS expected
FROM mart.flash_administrator
GROUP BY area_code, area_level, week;
