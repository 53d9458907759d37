-- +goose Up
CREATE EXTENSION IF NOT EXISTS postgis;

-- Names are compared byte by byte, as in the other store.
CREATE TABLE hubreach.versions (
  id bigint PRIMARY KEY,
  study text COLLATE "C" NOT NULL,
  title text NOT NULL,
  fingerprint text NOT NULL,
  program text NOT NULL,
  loaded_by text NOT NULL,
  loaded_at timestamptz NOT NULL,
  spec bytea NOT NULL,
  summary json NOT NULL
);
CREATE INDEX versions_study ON hubreach.versions (study, id);
COMMENT ON TABLE hubreach.versions IS 'The study versions that were loaded, numbered in the order in which they were';
CREATE VIEW hubreach.current AS SELECT study, max(id) AS id FROM hubreach.versions GROUP BY study;
COMMENT ON VIEW hubreach.current IS 'The newest version of each study';

-- The bytes of inputs, each kept once however many versions were made from it.
CREATE TABLE hubreach.contents (
  sha256 text COLLATE "C" PRIMARY KEY,
  size bigint NOT NULL
);
CREATE TABLE hubreach.parts (
  sha256 text COLLATE "C" NOT NULL REFERENCES hubreach.contents (sha256) DEFERRABLE INITIALLY DEFERRED,
  part integer NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (sha256, part)
);
CREATE TABLE hubreach.inputs (
  version_id bigint NOT NULL REFERENCES hubreach.versions (id),
  path text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C" NOT NULL REFERENCES hubreach.contents (sha256),
  PRIMARY KEY (version_id, path)
);
CREATE TABLE hubreach.layers (
  version_id bigint NOT NULL REFERENCES hubreach.versions (id),
  name text COLLATE "C" NOT NULL,
  row_count bigint NOT NULL,
  PRIMARY KEY (version_id, name)
);

-- Options as planners edit them: rows are only ever added.
CREATE TABLE hubreach.edits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study text COLLATE "C" NOT NULL,
  option_id text COLLATE "C" NOT NULL,
  revision integer NOT NULL, -- 0: refused
  base integer NOT NULL,
  deleted boolean NOT NULL,
  refused boolean NOT NULL,
  document text NOT NULL,
  author text NOT NULL,
  reason text NOT NULL,
  edited_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX edits_revision ON hubreach.edits (study, option_id, revision) WHERE NOT refused;
CREATE INDEX edits_option ON hubreach.edits (study, option_id, id);
COMMENT ON TABLE hubreach.edits IS 'Every edit of every option, with its author, time and reason; refused ones too';
-- +goose StatementBegin
CREATE FUNCTION hubreach.keep_edits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of options is only ever added to';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER keep_edits BEFORE UPDATE OR DELETE OR TRUNCATE ON hubreach.edits EXECUTE FUNCTION hubreach.keep_edits();

-- Tokens: never the token itself.
CREATE TABLE hubreach.tokens (
  hash text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  scope text NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz, -- null: never
  revoked boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX tokens_name ON hubreach.tokens (name) WHERE NOT revoked;

CREATE TABLE hubreach.jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  args text NOT NULL,
  made_by text NOT NULL,
  state text NOT NULL,
  stage text NOT NULL DEFAULT '',
  progress double precision NOT NULL DEFAULT 0,
  result bytea,
  media text NOT NULL DEFAULT '',
  error text NOT NULL DEFAULT '',
  tries integer NOT NULL DEFAULT 0,
  cancel_asked boolean NOT NULL DEFAULT false,
  dispatch bigint, -- the job of River that hands this one out
  worker integer,  -- the number of the process that works on it
  made_at timestamptz NOT NULL,
  began_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX jobs_open ON hubreach.jobs (id) WHERE state IN ('waiting', 'running');
COMMENT ON TABLE hubreach.jobs IS 'Work of over a second, how far it is and what came of it; River hands it out';
