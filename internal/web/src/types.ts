// What the service answers, in its own words (/api/v1/openapi.json). A number or
// a text that is null is not known.

export type Maybe<T> = T | null;

export type District = { district_code: string; name: string };

export type Study = {
  name: string;
  title: Maybe<string>;
  about: Maybe<string>;
  fingerprint: string;
  version: number;
  baseline: string;
  method: {
    version: string;
    walk: string;
    approximate: boolean;
    note: Maybe<string>;
    points_from: Maybe<string>;
    projection: Maybe<string>;
    need_basis: Maybe<string>;
    transit: boolean;
  };
  county: {
    areas: number;
    population: Maybe<number>;
    population_0_19: Maybe<number>;
    in_need_0_19: Maybe<number>;
    population_points: number;
    sites: number;
    venues: number;
    settlements: number;
    bounds: [west: number, south: number, east: number, north: number];
    districts: District[];
  };
  thresholds: {
    walk_min: number;
    longest_min: number;
    building_threshold: number;
    outreach_threshold: number;
    uncovered_share: number;
    need_decile: number;
    town_residents: number;
    youth_share: number;
    transit_min: number;
    venue_min: number;
  };
  profiles: { name: string; speed_kmh: number }[];
  scales: { criterion: string; weight: number; score_0: number; score_1: number }[];
  inputs: {
    role: string;
    name: string;
    sha256: string;
    edition: Maybe<string>;
    publisher: Maybe<string>;
    licence: Maybe<string>;
    rows_read: number;
    rows_used: number;
    dropped: number;
  }[];
  not_assessed: string[];
  licences: { id: string; text: string }[];
};

export type Check = { title: string; ran: boolean; passed: Maybe<boolean>; detail: string };

export type Area = {
  option_id: string;
  area_code: string;
  area_name: string;
  district_code: string;
  settlement: Maybe<string>;
  rural_urban: Maybe<string>;
  population_0_19: Maybe<number>;
  need_rank: Maybe<number>;
  deprivation_decile: Maybe<number>;
  in_need_0_19: Maybe<number>;
  covered_share: Maybe<number>;
  covered_0_19: Maybe<number>;
  nearest_site_id: Maybe<string>;
  walk_min: Maybe<number>;
  pushchair_min: Maybe<number>;
  transit_min: Maybe<number>;
  categories: string[];
  primary_category: Maybe<string>;
  reason: Maybe<string>;
  need_decile: Maybe<number>;
  uncovered: boolean;
};

export type Step = { category: string; question: string; holds: boolean; found: string };

export type AreaDetail = {
  area_code: string;
  area_name: string;
  neighbours: string[];
  options: (Area & { trace: Step[] })[];
};

export type Site = {
  option_id: string;
  site_id: string;
  name: string;
  district_code: string;
  status: string;
  reached_0_19: Maybe<number>;
  reached_in_need: Maybe<number>;
  only_here_0_19: Maybe<number>;
  only_here_in_need: Maybe<number>;
  hub_required: boolean;
  youth_space: Maybe<string>;
  kind: Maybe<string>;
  postcode: Maybe<string>;
  settlement: Maybe<string>;
  lon: number;
  lat: number;
  annual_cost_gbp: Maybe<number>;
};

export type Option = {
  option_id: string;
  name: string;
  rank: number;
  score: Maybe<number>;
  open_sites: number;
  covered_0_19: Maybe<number>;
  covered_share_0_19: Maybe<number>;
  covered_share_0_19_decile_1: Maybe<number>;
  covered_in_need: Maybe<number>;
  covered_share_in_need: Maybe<number>;
  equity_index: Maybe<number>;
  mean_walk_min: Maybe<number>;
  annual_cost_gbp: Maybe<number>;
  edge_of_town: number;
  whole_town: number;
  rural: number;
  detached_youth: number;
  building_warranted: string[];
  baseline: boolean;
  edited: boolean;
  revision: number;
  about: Maybe<string>;
};

export type Score = {
  option_id: string;
  rank: number;
  score: Maybe<number>;
  values: { criterion: string; weight: number; raw: Maybe<number>; scaled: Maybe<number> }[];
};

export type Loser = {
  option_id: string;
  dimension: string;
  group: string;
  group_name: string;
  people: Maybe<number>;
  covered_before: Maybe<number>;
  covered_after: Maybe<number>;
  lost: Maybe<number>;
  gained: Maybe<number>;
  lost_share: Maybe<number>;
  mean_extra_walk_min: Maybe<number>;
  hidden: string[]; // numbers that are too small to be published
};

export type Compared = Option & { score_detail: Score; opens: string[]; closes: string[]; losers: Loser[] };

export type DistrictTotal = {
  district_code: string;
  district_name: string;
  population_0_19: Maybe<number>;
  covered_0_19: Maybe<number>;
  covered_share_0_19: Maybe<number>;
  in_need_0_19: Maybe<number>;
  covered_in_need: Maybe<number>;
  open_sites: number;
  youth_space: boolean;
};

export type ChangedArea = {
  area_code: string;
  covered_share: Maybe<number>;
  covered_share_before: Maybe<number>;
  nearest_site_id: Maybe<string>;
  walk_min: Maybe<number>;
  categories: string[];
  primary_category: Maybe<string>;
  reason: Maybe<string>;
};

export type TargetName = { target_id: string; category: string; place: string; in_need_0_19: Maybe<number> };

export type WhatIf = {
  option_id: string;
  totals: Option;
  before: Option;
  score: Score;
  districts: DistrictTotal[];
  losers: Loser[];
  losers_since: Loser[];
  sites: Site[];
  areas_changed: ChangedArea[];
  outreach: { added: TargetName[]; removed: TargetName[] };
  notes: string[];
};

export type Target = {
  option_id: string;
  target_id: string;
  category: string;
  place: string;
  district_code: string;
  area_codes: string[];
  people_0_19: Maybe<number>;
  in_need_0_19: Maybe<number>;
  youth_10_19: Maybe<number>;
  walk_min: Maybe<number>;
  transit_min: Maybe<number>;
  frequency: string;
  mode: string;
  venue_id: Maybe<string>;
  venue_name: Maybe<string>;
  venue_reach_share: Maybe<number>;
  reason: string;
  sessions_per_year: Maybe<number>;
  nearest_site_id: Maybe<string>;
  nearest_site_name: Maybe<string>;
  wanted_frequency: string;
  venue_ids: string[];
  near_threshold: Maybe<string>;
};

export type Doorstep = {
  lon: number;
  lat: number;
  postcode: Maybe<string>;
  area_code: Maybe<string>;
  area_name: Maybe<string>;
  sites: {
    site_id: string;
    name: string;
    walk_min: Record<string, Maybe<number>>;
    transit_min: Maybe<number>;
    inside: boolean;
    open_in: string[];
  }[];
  nearest: {
    option_id: string;
    site_id: Maybe<string>;
    name: Maybe<string>;
    walk_min: Maybe<number>;
    inside: boolean;
  }[];
  transit_from: Maybe<string>; // where transit_min is from; null: it is not told
  notes: string[];
};

export type Shared = { outside: Maybe<number>; planned: Maybe<number>; unmet: Maybe<number>; below: Maybe<number> };

export type DistrictStaff = {
  district_code: string;
  district_name: string;
  staffed_sessions: Maybe<number>;
  planned_sessions: Maybe<number>;
  wanted_sessions: Maybe<number>;
  in_need_0_19: Shared;
};

export type StaffPlan = { districts: DistrictStaff[]; in_need_0_19: Shared };

export type Venue = {
  venue_id: string;
  name: string;
  people: Maybe<number>;
  reach_share: Maybe<number>;
  lon: number;
  lat: number;
};

export type TargetDetail = Target & {
  ages: { band: string; people: Maybe<number> }[];
  hubs: { site_id: string; name: string; walk_min: Maybe<number>; transit_min: Maybe<number>; line_m: Maybe<number> }[];
  venues: Venue[];
  youth_places: Venue[];
};
