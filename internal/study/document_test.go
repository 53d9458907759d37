package study_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/study"
)

func known(v float64) *float64 { return &v }

// planned is a document with every field.
func planned() study.OptionDocument {
	return study.OptionDocument{ID: "O9", Name: "Nine", BasedOn: "both", Author: "A. Planner", About: "Tried on a Monday.", Sites: []study.OptionSite{
		{ID: "hub-d", Status: "closed"},
		{ID: "n1", Name: "New hub", Status: "new", Lon: known(0.7), Lat: known(51.25), YouthSpace: "yes", UnderFives: "no", PrivateRoom: "yes",
			SchoolSite: "yes", SchoolLimits: "adults after 15:30 only", Services: []string{"Stay and play", "Advice"}, Capacity: known(120),
			Running: known(40_000), Staffing: known(90_000.5), Backlog: known(0), OneOff: known(15_000),
			OpeningHours: "Mo-Fr 09:00-17:00", AnnualHours: known(1900), Note: "the old library"},
	}}
}

func TestOptionDocumentRoundTrip(t *testing.T) {
	d := planned()
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	got, err := study.ParseOptionDocument(text, "o9.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("written and read (-want +got):\n%s", diff)
	}
	c := d.Copy("O10", "")
	*c.Sites[1].Running, c.Sites[1].Services[0] = 1, "x"
	if c.ID != "O10" || c.Name != "Nine" {
		t.Errorf("copy is %s %q, want O10 with the name of O9", c.ID, c.Name)
	}
	if diff := cmp.Diff(planned(), d); diff != "" {
		t.Errorf("a change of the copy changed the original (-want +got):\n%s", diff)
	}
}

func TestParseOptionDocumentRefuses(t *testing.T) {
	site := func(fields string) string { return `{"id":"X","name":"X","sites":[{"id":"a"` + fields + `}]}` }
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", ``, `x.json: line 1: bad option document: it ends too soon: want one JSON object`},
		{"cut off", "{\"id\":\n\"X\"", `x.json: line 2: bad option document: it ends too soon: want one JSON object`},
		{"two of them", `{"id":"X","name":"X","sites":[]} {}`, `x.json: line 1: bad option document: something follows the document: want one JSON object`},
		{"a key that no field has", "{\"id\":\"X\",\n\"colour\":1}", `x.json: line 2: bad option document: unknown field "colour"`},
		{"a number for a text", `{"id":5}`, `x.json: line 1: bad option document: id: found number, want estate.OptionID`},
		{"no id", `{"name":"X"}`, `x.json: bad option document: id: bad option id "": want 1 to 64 characters`},
		{"based on itself", `{"id":"X","based_on":"X"}`, `x.json: option X: bad option document: based_on "X": want another option than itself`},
		{"a site without an id", `{"id":"X","sites":[{}]}`, `x.json: option X: bad option document: site 1: id: want one`},
		{"a site twice", `{"id":"X","sites":[{"id":"a"},{"id":"a"}]}`, `x.json: option X: bad option document: site "a" stands twice: give each site one entry`},
		{"half a place", site(`,"lon":0.5`), `x.json: option X: bad option document: site "a": want lon and lat, or neither`},
		{"latitude first", site(`,"lon":51,"lat":181`), `x.json: option X: bad option document: site "a": lat 181: want degrees, north positive, -90 to 90; leave it out when it is not known`},
		{"a status of nobody", site(`,"status":"shut"`), `x.json: option X: bad option document: site "a": status: bad status "shut": want one of hub, co_located, outreach_only, closed, new`},
		{"a cost below zero", site(`,"running_gbp":-1`), `x.json: option X: bad option document: site "a": running_gbp -1: want pounds, 0 to 1e+12; leave it out when it is not known`},
		{"a room in words", site(`,"youth_space":"maybe"`), `x.json: option X: bad option document: site "a": youth_space "maybe": want yes or no; leave it out when it is not known`},
		{"a service that splits", site(`,"services":["a;b"]`), `x.json: option X: bad option document: site "a": services: "a;b": want the name of a service, without ";"`},
		{"a bell", site(`,"note":"\u0007"`), `x.json: option X: bad option document: site "a": note: "\a": want text without control characters`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := study.ParseOptionDocument([]byte(tt.text), "x.json")
			if err == nil || err.Error() != tt.want || !errors.Is(err, study.ErrBadDocument) {
				t.Errorf("%s gives\n%v\nwant\n%s", tt.text, err, tt.want)
			}
		})
	}
}

// Whatever is accepted is accepted again when it is written, and says the same.
func FuzzParseOptionDocument(f *testing.F) {
	text, err := json.Marshal(planned())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"id":"X","sites":[{"id":"a","lon":1e308,"lat":0}]}`))
	f.Add([]byte("\xef\xbb\xbf{}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := study.ParseOptionDocument(text, "x.json")
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Fatalf("%q: want one line", err)
			}
			return
		}
		again, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := study.ParseOptionDocument(again, "x.json")
		if err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		if said := study.DiffDocuments(d, got); len(said) > 0 {
			t.Fatalf("%s: read again it differs: %q", again, said)
		}
	})
}

func TestDiffDocuments(t *testing.T) {
	a, b := planned(), planned()
	if said := study.DiffDocuments(a, b); len(said) != 0 {
		t.Errorf("a document and itself differ: %q", said)
	}
	b.BasedOn, b.Name = "one", "Nine and a half"
	b.Sites = append(b.Sites[1:], study.OptionSite{ID: "hub-a", Status: "co_located"})
	b.Sites[0].Running, b.Sites[0].YouthSpace, b.Sites[0].Capacity = nil, "no", known(90)
	want := []string{
		"Based on: one, before both.",
		"Name: Nine and a half, before Nine.",
		"hub-d: no longer listed; it was: status closed.",
		"n1 New hub: youth_space: no, before yes.",
		"n1 New hub: capacity: 90, before 120.",
		"n1 New hub: running_gbp: not said any more; it was 40000.",
		"hub-a: listed now: status co_located.",
	}
	if diff := cmp.Diff(want, study.DiffDocuments(a, b)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
