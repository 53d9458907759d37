-- A store as the tables of version 1 kept it: sqlite3 .dump, with the two numbers of the file.
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE hubreach_migrations (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO hubreach_migrations VALUES(1,0,1,'2026-11-21 23:26:26');
INSERT INTO hubreach_migrations VALUES(2,1,1,'2026-11-21 23:26:26');
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
INSERT INTO gpkg_spatial_ref_sys VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]','longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
INSERT INTO gpkg_spatial_ref_sys VALUES('OSGB36 / British National Grid',27700,'EPSG',27700,'PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]','British National Grid, metres');
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
INSERT INTO gpkg_contents VALUES('hubreach_versions','attributes','hubreach_versions','The study versions that were loaded, the newest of each study current','2026-11-21T23:26:26.512Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO gpkg_contents VALUES('areas','features','areas','The current version of each study','2026-11-21T23:26:26.679Z',600000.0,150000.0,600100.0,150100.0,27700);
INSERT INTO gpkg_contents VALUES('sites','features','sites','The current version of each study','2026-11-21T23:26:26.680Z',600050.0,150050.0,600050.0,150050.0,27700);
INSERT INTO gpkg_contents VALUES('area_results','attributes','area_results','The current version of each study','2026-11-21T23:26:26.680Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO gpkg_contents VALUES('areas_by_option','features','areas_by_option','The current version of each study','2026-11-21T23:26:26.680Z',600000.0,150000.0,600100.0,150100.0,27700);
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
INSERT INTO gpkg_geometry_columns VALUES('areas','geom','MULTIPOLYGON',27700,0,0);
INSERT INTO gpkg_geometry_columns VALUES('sites','geom','POINT',27700,0,0);
INSERT INTO gpkg_geometry_columns VALUES('areas_by_option','geom','MULTIPOLYGON',27700,0,0);
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
INSERT INTO hubreach_versions VALUES(1,'kent','A study','f1','1','mary','2026-11-21T23:26:26.672447Z',X'6e616d65203d20226b656e74220a','{"study": {"name": "kent"}}');
INSERT INTO hubreach_versions VALUES(2,'kent','A study','f2','1','mary','2026-11-21T23:26:26.679083Z',X'6e616d65203d20226b656e74220a','{"study": {"name": "kent"}}');
CREATE TABLE hubreach_contents (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL
);
INSERT INTO hubreach_contents VALUES('68456b6a172e008c1ccc47d241c63853a46b05d7a7ea6ee940acaa6e2ee25deb',19);
CREATE TABLE hubreach_parts (
  sha256 TEXT NOT NULL REFERENCES hubreach_contents (sha256) DEFERRABLE INITIALLY DEFERRED,
  part INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (sha256, part)
);
INSERT INTO hubreach_parts VALUES('68456b6a172e008c1ccc47d241c63853a46b05d7a7ea6ee940acaa6e2ee25deb',0,X'636f64652c70656f706c650a4530312c31300a');
CREATE TABLE hubreach_inputs (
  version_id INTEGER NOT NULL REFERENCES hubreach_versions (id),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES hubreach_contents (sha256),
  PRIMARY KEY (version_id, path)
);
INSERT INTO hubreach_inputs VALUES(1,'areas.csv','68456b6a172e008c1ccc47d241c63853a46b05d7a7ea6ee940acaa6e2ee25deb');
INSERT INTO hubreach_inputs VALUES(2,'areas.csv','68456b6a172e008c1ccc47d241c63853a46b05d7a7ea6ee940acaa6e2ee25deb');
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
INSERT INTO hubreach_layers VALUES(1,'areas',2,600000.0,150000.0,600100.0,150100.0);
INSERT INTO hubreach_layers VALUES(1,'sites',1,600050.0,150050.0,600050.0,150050.0);
INSERT INTO hubreach_layers VALUES(1,'area_results',2,NULL,NULL,NULL,NULL);
INSERT INTO hubreach_layers VALUES(2,'areas',2,600000.0,150000.0,600100.0,150100.0);
INSERT INTO hubreach_layers VALUES(2,'sites',1,600050.0,150050.0,600050.0,150050.0);
INSERT INTO hubreach_layers VALUES(2,'area_results',2,NULL,NULL,NULL,NULL);
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
INSERT INTO hubreach_edits VALUES(1,'kent','O1',1,0,0,0,'{"name": "one"}','mary','first','2026-11-21T23:26:26.681468Z');
INSERT INTO hubreach_edits VALUES(2,'kent','O1',0,0,0,1,'{"name": "lost"}','john','too late','2026-11-21T23:26:26.682064Z');
CREATE TABLE hubreach_tokens (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL, -- empty: never
  revoked INTEGER NOT NULL DEFAULT 0
);
INSERT INTO hubreach_tokens VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','mary','planner','2026-11-21T23:26:26.682508Z','',0);
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
INSERT INTO hubreach_jobs VALUES(1,'run','{"version": 1}','mary','waiting','',0.0,NULL,'','',0,0,'2026-11-21T23:26:26.682913Z','','');
CREATE TABLE areas_versions (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, version_id INTEGER NOT NULL REFERENCES hubreach_versions (id), "geom" MULTIPOLYGON, "area_code" TEXT, "people" INTEGER, "share" DOUBLE, "rural" BOOLEAN);
INSERT INTO areas_versions VALUES(1,1,X'47500003346c000000000000804f2241000000004850224100000000804f024100000000a05202410106000000010000000103000000010000000500000000000000804f224100000000804f0241000000004850224100000000804f0241000000004850224100000000a052024100000000804f224100000000a052024100000000804f224100000000804f0241','E01',10,0.5,1);
INSERT INTO areas_versions VALUES(2,1,NULL,'E02',NULL,NULL,NULL);
INSERT INTO areas_versions VALUES(3,2,X'47500003346c000000000000804f2241000000004850224100000000804f024100000000a05202410106000000010000000103000000010000000500000000000000804f224100000000804f0241000000004850224100000000804f0241000000004850224100000000a052024100000000804f224100000000a052024100000000804f224100000000804f0241','E01',10,0.5,1);
INSERT INTO areas_versions VALUES(4,2,NULL,'E02',NULL,NULL,NULL);
CREATE TABLE sites_versions (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, version_id INTEGER NOT NULL REFERENCES hubreach_versions (id), "geom" POINT, "site_id" TEXT);
INSERT INTO sites_versions VALUES(1,1,X'47500001346c0000010100000000000000e44f22410000000010510241','S1');
INSERT INTO sites_versions VALUES(2,2,X'47500001346c0000010100000000000000e44f22410000000010510241','S1');
CREATE TABLE area_results_versions (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, version_id INTEGER NOT NULL REFERENCES hubreach_versions (id), "option_id" TEXT, "area_code" TEXT, "covered_share" DOUBLE);
INSERT INTO area_results_versions VALUES(1,1,'O1','E01',1.0);
INSERT INTO area_results_versions VALUES(2,1,'O1','E02',0.0);
INSERT INTO area_results_versions VALUES(3,2,'O1','E01',1.0);
INSERT INTO area_results_versions VALUES(4,2,'O1','E02',0.0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('hubreach_migrations',2);
INSERT INTO sqlite_sequence VALUES('areas_versions',4);
INSERT INTO sqlite_sequence VALUES('sites_versions',2);
INSERT INTO sqlite_sequence VALUES('area_results_versions',4);
INSERT INTO sqlite_sequence VALUES('hubreach_jobs',1);
CREATE INDEX hubreach_versions_study ON hubreach_versions (study, id);
CREATE VIEW hubreach_current AS SELECT study, max(id) AS id FROM hubreach_versions GROUP BY study;
CREATE UNIQUE INDEX hubreach_edits_revision ON hubreach_edits (study, option_id, revision) WHERE NOT refused;
CREATE INDEX hubreach_edits_option ON hubreach_edits (study, option_id, id);
CREATE TRIGGER hubreach_edits_keep BEFORE UPDATE ON hubreach_edits
BEGIN SELECT RAISE(ABORT, 'the history of options is only ever added to'); END;
CREATE TRIGGER hubreach_edits_stay BEFORE DELETE ON hubreach_edits
BEGIN SELECT RAISE(ABORT, 'the history of options is only ever added to'); END;
CREATE UNIQUE INDEX hubreach_tokens_name ON hubreach_tokens (name) WHERE NOT revoked;
CREATE INDEX hubreach_jobs_open ON hubreach_jobs (id) WHERE state IN ('waiting', 'running');
CREATE INDEX areas_versions_of ON areas_versions (version_id);
CREATE INDEX sites_versions_of ON sites_versions (version_id);
CREATE INDEX area_results_versions_of ON area_results_versions (version_id);
CREATE VIEW "areas" AS SELECT r.fid AS OGC_FID, c.study, r."geom", r."area_code", r."people", r."share", r."rural" FROM areas_versions r JOIN hubreach_current c ON c.id = r.version_id;
CREATE VIEW "sites" AS SELECT r.fid AS OGC_FID, c.study, r."geom", r."site_id" FROM sites_versions r JOIN hubreach_current c ON c.id = r.version_id;
CREATE VIEW "area_results" AS SELECT r.fid AS OGC_FID, c.study, r."option_id", r."area_code", r."covered_share" FROM area_results_versions r JOIN hubreach_current c ON c.id = r.version_id;
CREATE VIEW areas_by_option AS SELECT r.fid AS OGC_FID, c.study, a."geom", a."area_code", a."people", a."share", a."rural", r."option_id", r."covered_share" FROM area_results_versions r JOIN hubreach_current c ON c.id = r.version_id
			JOIN areas_versions a ON a.version_id = r.version_id AND a.area_code = r.area_code;
COMMIT;
