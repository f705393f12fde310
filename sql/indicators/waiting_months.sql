-- Whether anything of a month of the year waits to be compiled.
SELECT EXISTS (SELECT FROM core.compile_queue WHERE period_id BETWEEN :year_id + 101 AND :year_id + 112);
