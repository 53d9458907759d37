-- The areas of the study in the store as a tile server that knows nothing of
-- options wants them: one table in Web Mercator, with the attributes of our own
-- tiles, and an index. bench_attributes is the same without the geometry.
\set ON_ERROR_STOP on
DROP TABLE IF EXISTS public.bench_areas, public.bench_attributes;
SELECT format('CREATE TABLE public.bench_areas AS SELECT a.fid::int AS fid, ST_Transform(a.geom, 3857)::geometry(MultiPolygon, 3857) AS geom,
  a.area_code, a.area_name, a.district_code, a.settlement, a.need_rank, a.need_decile, a.deprivation_decile, a.population_0_19, a.in_need_0_19%s
  FROM hubreach.areas a', string_agg(format(',
  (SELECT round(covered_share::numeric, 3)::float FROM hubreach.area_results r WHERE r.area_code = a.area_code AND r.option_id = %1$L) AS "covered_share_%1$s",
  (SELECT uncovered FROM hubreach.area_results r WHERE r.area_code = a.area_code AND r.option_id = %1$L) AS "uncovered_%1$s",
  (SELECT walk_min FROM hubreach.area_results r WHERE r.area_code = a.area_code AND r.option_id = %1$L) AS "walk_min_%1$s",
  (SELECT primary_category FROM hubreach.area_results r WHERE r.area_code = a.area_code AND r.option_id = %1$L) AS "primary_category_%1$s"', option_id), '' ORDER BY option_id))
FROM hubreach.options \gexec
ALTER TABLE public.bench_areas ADD PRIMARY KEY (fid);
CREATE INDEX ON public.bench_areas USING gist (geom);
CREATE TABLE public.bench_attributes AS SELECT * FROM public.bench_areas;
ALTER TABLE public.bench_attributes DROP COLUMN geom;
ALTER TABLE public.bench_attributes ADD PRIMARY KEY (fid);
ANALYZE public.bench_areas;
ANALYZE public.bench_attributes;
