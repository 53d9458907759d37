-- +goose Up
-- Jobs are forgotten some time after they ended; without it every look for them
-- would read the whole table, results and all.
CREATE INDEX hubreach_jobs_ended ON hubreach_jobs (ended_at) WHERE ended_at <> '';
