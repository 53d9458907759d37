-- +goose Up
-- Jobs are forgotten some time after they ended; without it every look for them
-- would read the whole table.
CREATE INDEX jobs_ended ON hubreach.jobs (ended_at);
