-- +goose Up
PRAGMA application_id = 0x47504B47; -- "GPKG"
PRAGMA user_version = 10300;        -- GeoPackage 1.3.0

-- What a GeoPackage must have: OGC 12-128r17, annex C.
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
-- Definitions of the EPSG dataset in the form of OGC 01-009.
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid'),
  ('OSGB36 / British National Grid', 27700, 'EPSG', 27700, 'PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]', 'British National Grid, metres');

-- Study versions. Times are UTC texts of one width, so they sort as texts.
CREATE TABLE hubreach_versions (
  id INTEGER PRIMARY KEY,
  study TEXT NOT NULL,
  title TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  program TEXT NOT NULL,
  loaded_by TEXT NOT NULL,
  loaded_at TEXT NOT NULL,
  spec BLOB NOT NULL,
  summary TEXT NOT NULL
);
CREATE INDEX hubreach_versions_study ON hubreach_versions (study, id);
CREATE VIEW hubreach_current AS SELECT study, max(id) AS id FROM hubreach_versions GROUP BY study;

-- The bytes of inputs, each kept once however many versions were made from it.
CREATE TABLE hubreach_contents (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL
);
CREATE TABLE hubreach_parts (
  sha256 TEXT NOT NULL REFERENCES hubreach_contents (sha256) DEFERRABLE INITIALLY DEFERRED,
  part INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (sha256, part)
);
CREATE TABLE hubreach_inputs (
  version_id INTEGER NOT NULL REFERENCES hubreach_versions (id),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES hubreach_contents (sha256),
  PRIMARY KEY (version_id, path)
);
CREATE TABLE hubreach_layers (
  version_id INTEGER NOT NULL REFERENCES hubreach_versions (id),
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  PRIMARY KEY (version_id, name)
);

-- Options as planners edit them: rows are only ever added.
CREATE TABLE hubreach_edits (
  id INTEGER PRIMARY KEY,
  study TEXT NOT NULL,
  option_id TEXT NOT NULL,
  revision INTEGER NOT NULL, -- 0: refused
  base INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  document TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  edited_at TEXT NOT NULL
);
CREATE UNIQUE INDEX hubreach_edits_revision ON hubreach_edits (study, option_id, revision) WHERE NOT refused;
CREATE INDEX hubreach_edits_option ON hubreach_edits (study, option_id, id);
-- +goose StatementBegin
CREATE TRIGGER hubreach_edits_keep BEFORE UPDATE ON hubreach_edits
BEGIN SELECT RAISE(ABORT, 'the history of options is only ever added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hubreach_edits_stay BEFORE DELETE ON hubreach_edits
BEGIN SELECT RAISE(ABORT, 'the history of options is only ever added to'); END;
-- +goose StatementEnd

-- Tokens: never the token itself.
CREATE TABLE hubreach_tokens (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL, -- empty: never
  revoked INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX hubreach_tokens_name ON hubreach_tokens (name) WHERE NOT revoked;

CREATE TABLE hubreach_jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  args TEXT NOT NULL,
  made_by TEXT NOT NULL,
  state TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT '',
  progress REAL NOT NULL DEFAULT 0,
  result BLOB,
  media TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0,
  cancel_asked INTEGER NOT NULL DEFAULT 0,
  made_at TEXT NOT NULL,
  began_at TEXT NOT NULL DEFAULT '',
  ended_at TEXT NOT NULL DEFAULT ''
);
CREATE INDEX hubreach_jobs_open ON hubreach_jobs (id) WHERE state IN ('waiting', 'running');

-- Programs list every table of a file until one is registered as attributes.
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('hubreach_versions', 'attributes', 'hubreach_versions', 'The study versions that were loaded, the newest of each study current');
