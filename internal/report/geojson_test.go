package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

func TestGeoJSON(t *testing.T) {
	r := small()
	for _, tt := range []struct {
		layer  string
		option estate.OptionID
		count  int
		key    string // of a property of the first feature, and its value
		want   any
		kind   string
	}{
		{"areas", "one-hub", 3, "covered_share", 1.0, "MultiPolygon"},
		{"sites", "one-hub", 2, "status", "hub", "Point"},
		{"outreach", "one-hub", 2, "area_codes", "E01000001;E01000002", "MultiPolygon"},
		{"catchments", "one-hub", 2, "site_id", "castle", "MultiPolygon"},
	} {
		var b bytes.Buffer
		if err := report.GeoJSON(t.Context(), &b, r, tt.layer, tt.option); err != nil {
			t.Errorf("%s: %v", tt.layer, err)
			continue
		}
		var got struct {
			Features []struct {
				Properties map[string]any
				Geometry   struct{ Type string }
			}
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil || len(got.Features) != tt.count {
			t.Errorf("%s: %d features, %v; want %d", tt.layer, len(got.Features), err, tt.count)
			continue
		}
		first := got.Features[0]
		if first.Properties[tt.key] != tt.want || first.Geometry.Type != tt.kind {
			t.Errorf("%s: %s = %v, %s; want %v, %s", tt.layer, tt.key, first.Properties[tt.key], first.Geometry.Type, tt.want, tt.kind)
		}
	}
}

func TestGeoJSONRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		r      *study.Results
		layer  string
		option estate.OptionID
		want   error
	}{
		{"no such layer", small(), "roads", "all", report.ErrNoLayer},
		{"no such option", small(), "areas", "none", estate.ErrNoOption},
		{"a study that was not run", &study.Results{}, "areas", "all", report.ErrUnfinished},
	} {
		var b bytes.Buffer
		if err := report.GeoJSON(t.Context(), &b, tt.r, tt.layer, tt.option); !errors.Is(err, tt.want) || b.Len() > 0 {
			t.Errorf("%s: %v and %d bytes, want %v and none", tt.name, err, b.Len(), tt.want)
		}
	}
}
