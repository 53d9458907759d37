package api

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/study"
)

// ogcCollection is one collection of features. It is never changed.
type ogcCollection struct {
	id, title, about string
	row              reflect.Type // of the rows: their columns are the properties
	features         []ogcFeature
	byID             map[string]int
	degrees, grid    orb.Bound
}

// ogcFeature is one row with its place. Either geometry may be empty.
type ogcFeature struct {
	id            string
	row           any
	grid, degrees orb.Geometry
}

// ogcSource makes the features of one kind under one option.
type ogcSource struct {
	name, title, about string
	row                reflect.Type
	features           func(*Snapshot, int) ([]ogcFeature, error) // by the option's position
}

var ogcSources = []ogcSource{
	{"areas", "Areas", "Small areas: people, need, coverage, walks and outreach categories", reflect.TypeFor[Area](), (*Snapshot).areaFeatures},
	{"sites", "Sites", "Sites: status, who each reaches, and who only it reaches", reflect.TypeFor[Site](), (*Snapshot).siteFeatures},
	{"outreach", "Outreach", "Target areas for outreach: people, reasons, venue, frequency", reflect.TypeFor[Target](), (*Snapshot).targetFeatures},
}

// collections returns the collections: one of each kind with the rows of every
// option, to be filtered by option_id, then one for each option, as a desktop GIS
// wants it, and the catchments, which no option changes.
func (s *Snapshot) collections() ([]*ogcCollection, error) {
	s.ogcOnce.Do(func() { s.ogcAll, s.ogcErr = s.collect() })
	return s.ogcAll, s.ogcErr
}

func (s *Snapshot) collect() ([]*ogcCollection, error) {
	var whole, single []*ogcCollection
	for _, src := range ogcSources {
		var all []ogcFeature
		for k, o := range s.Results.Options {
			features, err := src.features(s, k)
			if err != nil {
				return nil, fmt.Errorf("collection %s: %w", src.name, err)
			}
			all = append(all, features...)
			id := o.Option.ID
			single = append(single, newCollection(fmt.Sprintf("%s_%s", src.name, id), fmt.Sprintf("%s, option %s", src.title, id),
				fmt.Sprintf("%s, under option %s: %s", src.about, id, o.Option.Name), src.row, features))
		}
		whole = append(whole, newCollection(src.name, src.title, src.about+"; filter by option_id", src.row, all))
	}
	caught, err := s.catchmentFeatures()
	if err != nil {
		return nil, fmt.Errorf("collection catchments: %w", err)
	}
	whole = append(whole, newCollection("catchments", "Catchments", "Ground from which each site is reached on foot", reflect.TypeFor[Catchment](), caught))
	return append(whole, single...), nil
}

func newCollection(id, title, about string, row reflect.Type, features []ogcFeature) *ogcCollection {
	c := &ogcCollection{id: id, title: title, about: about, row: row, features: features, byID: map[string]int{}}
	c.degrees, c.grid = orb.MultiPoint{}.Bound(), orb.MultiPoint{}.Bound()
	for i, f := range features {
		c.byID[f.id] = i
		c.degrees, c.grid = grown(c.degrees, f.degrees), grown(c.grid, f.grid)
	}
	return c
}

// grown returns b grown to hold g, unless g is nowhere.
func grown(b orb.Bound, g orb.Geometry) orb.Bound {
	if m, ok := g.(orb.MultiPolygon); ok && len(m) == 0 {
		return b
	}
	if b.IsEmpty() {
		return g.Bound()
	}
	return b.Union(g.Bound())
}

func (s *Snapshot) areaFeatures(k int) ([]ogcFeature, error) {
	ground, err := s.ground()
	if err != nil {
		return nil, err
	}
	view := s.areasUnder(k)
	features := make([]ogcFeature, len(s.Results.County.Areas))
	for i := range features {
		a := &s.Results.County.Areas[i]
		features[i] = ogcFeature{string(view.option.Option.ID) + "." + string(a.Code), view.area(i), a.Shape, ground[i]}
	}
	return features, nil
}

func (s *Snapshot) siteFeatures(k int) ([]ogcFeature, error) {
	o := &s.Results.Options[k]
	var features []ogcFeature
	for i := range o.Option.Status {
		row, err := s.siteOf(o, s.Results.County.Sites, i)
		if err != nil {
			return nil, err
		}
		site := &s.Results.County.Sites[i]
		id := string(o.Option.ID) + "." + string(site.ID)
		if site.Proposed() { // it may stand for a site of the same id, at another place
			id += fmt.Sprintf("@%.0f,%.0f", site.At[0], site.At[1])
		}
		features = append(features, ogcFeature{id, row, orb.Point(site.At), orb.Point{float64(row.Lon), float64(row.Lat)}})
	}
	return features, nil
}

func (s *Snapshot) targetFeatures(k int) ([]ogcFeature, error) {
	o, plan := &s.Results.Options[k], s.Results.Plan(k)
	work := shape.NewWorker()
	var features []ogcFeature
	for i, t := range o.Outreach.Targets {
		var areas []orb.MultiPolygon
		for _, a := range t.Areas {
			areas = append(areas, s.Results.County.Areas[a].Shape)
		}
		ground, err := work.Union(areas...)
		if err != nil {
			return nil, fmt.Errorf("target %s: %w", t.ID, err)
		}
		degrees, err := s.degrees(ground)
		if err != nil {
			return nil, fmt.Errorf("target %s: %w", t.ID, err)
		}
		features = append(features, ogcFeature{string(o.Option.ID) + "." + t.ID, targetOf(s, k, t, plan, i), ground, degrees})
	}
	return features, nil
}

func (s *Snapshot) catchmentFeatures() ([]ogcFeature, error) {
	var features []ogcFeature
	for _, c := range s.Results.Catchments {
		degrees, err := s.degrees(c.Shape)
		if err != nil {
			return nil, fmt.Errorf("site %s: %w", s.Results.County.Sites[c.Site].ID, err)
		}
		row := s.catchmentOf(c)
		id := fmt.Sprintf("%s.%s.%g", row.Site, c.Profile, c.Minutes)
		if site := &s.Results.County.Sites[c.Site]; site.Proposed() {
			id += fmt.Sprintf("@%.0f,%.0f", site.At[0], site.At[1])
		}
		features = append(features, ogcFeature{id, row, c.Shape, degrees})
	}
	return features, nil
}

// catchmentOf returns what is said of a catchment.
func (s *Snapshot) catchmentOf(c study.Catchment) Catchment {
	site := &s.Results.County.Sites[c.Site]
	return Catchment{site.ID, c.Profile, Minutes(c.Minutes), Metres(c.AreaM2), People(c.People), site.Name, walkBasis(s.Results)}
}

// named finds the collection that a request names.
func (q *ogcRequest) named() (*ogcCollection, error) {
	all, err := q.now.collections()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(c *ogcCollection) bool { return c.id == q.collectionID })
	if i < 0 {
		var ids []string
		for _, c := range all {
			ids = append(ids, c.id)
		}
		return nil, fmt.Errorf("%w: collection %.60q: want one of %s", errAbsent, q.collectionID, strings.Join(ids, ", "))
	}
	return all[i], nil
}

// ogcDescription is a collection as the standard describes it.
type ogcDescription struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	About      string     `json:"description"`
	ItemType   string     `json:"itemType"`
	Extent     *ogcExtent `json:"extent,omitempty"`
	CRS        []string   `json:"crs"`
	StorageCRS string     `json:"storageCrs"`
	Links      []ogcLink  `json:"links"`
}

// ogcExtent is where a collection lies.
type ogcExtent struct {
	Spatial struct {
		Bbox [][]Degrees `json:"bbox"`
		CRS  string      `json:"crs"`
	} `json:"spatial"`
}

// ogcCollections lists the collections.
type ogcCollections struct {
	Links       []ogcLink        `json:"links"`
	Collections []ogcDescription `json:"collections"`
}

// describe returns a collection as the standard describes it.
func (q *ogcRequest) describe(c *ogcCollection) ogcDescription {
	at := q.home + "/collections/" + c.id
	var names []string
	for _, s := range crsList {
		names = append(names, s.uri)
	}
	said := ogcDescription{c.id, c.title, c.about, "feature", nil, names, grid27700.uri, []ogcLink{
		{at, "self", mediaJSON, c.title}, {at + "/items", "items", mediaGeoJSON, c.title},
		{at + "/items?f=html", "items", mediaHTML, c.title + " as a page"},
	}}
	if b := c.degrees; !b.IsEmpty() {
		said.Extent = &ogcExtent{}
		said.Extent.Spatial.Bbox = [][]Degrees{{Degrees(b.Min[0]), Degrees(b.Min[1]), Degrees(b.Max[0]), Degrees(b.Max[1])}}
		said.Extent.Spatial.CRS = crs84.uri
	}
	return said
}

func (q *ogcRequest) collections() (any, error) {
	if err := q.none(); err != nil {
		return nil, err
	}
	all, err := q.now.collections()
	if err != nil {
		return nil, err
	}
	said := ogcCollections{Links: []ogcLink{q.self(mediaJSON), q.alternate(mediaJSON)}}
	for _, c := range all {
		said.Collections = append(said.Collections, q.describe(c))
	}
	return said, nil
}

func (q *ogcRequest) collection() (any, error) {
	if err := q.none(); err != nil {
		return nil, err
	}
	c, err := q.named()
	if err != nil {
		return nil, err
	}
	said := q.describe(c)
	said.Links = append(said.Links, q.alternate(mediaJSON))
	return said, nil
}
