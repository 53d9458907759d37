package api

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/maypok86/otter/v2"
	"github.com/prometheus/client_golang/prometheus"

	"hubreach/internal/store"
)

// Deps is what a service is made of.
type Deps struct {
	Keeper *Keeper
	Log    *slog.Logger
	Limits Limits // zero values stand for the defaults
	// Program is the version of hubreach, for the OpenAPI document.
	Program string
	// Closed asks for a token of everybody who reads, as where the service is open
	// to a network. Changing anything always needs one.
	Closed bool
	// Proxies are the networks whose word is taken for who asks (X-Forwarded-For) and
	// whether by HTTPS (X-Forwarded-Proto): those of the proxies in front. Nil: nobody's.
	Proxies []netip.Prefix
	// Registry is where the metrics of the service are counted, beside those of
	// others; nil: one of its own.
	Registry *prometheus.Registry
	// Map serves the pages of the browser map where no resource is; nil: there are
	// none.
	Map http.Handler
	// Books write the workbooks that can be downloaded.
	Books Books
}

// service is what the handlers share.
type service struct {
	api     huma.API
	keeper  *Keeper
	store   store.Store
	log     *slog.Logger
	limits  Limits
	closed  bool
	proxies proxies
	metrics *metrics
	memory  *otter.Cache[question, *answer]
	readers *otter.Cache[string, seenToken] // tokens by hash
}

// base is the path below which all resources are.
const base = "/api/v1"

// New returns the handler of the whole service. It is ready at once; questions
// that come before the keeper has a snapshot are told to ask again.
func New(d Deps) http.Handler {
	s := &service{keeper: d.Keeper, store: d.Keeper.store, log: d.Log, limits: d.Limits.WithDefaults(), closed: d.Closed, proxies: d.Proxies, metrics: newMetrics(d.Registry, d.Keeper)}
	s.memory, s.readers = newMemory(s.limits.Memory), newReaders()
	r := chi.NewRouter()
	r.Use(routed, middleware.GetHead, s.deadline)
	r.NotFound(elsewhere(d.Map))
	r.MethodNotAllowed(methodNotAllowed(r))
	r.Get("/healthz", alive)
	r.Get("/readyz", s.ready)
	r.With(s.reading).Method(http.MethodGet, "/metrics", s.metrics.handler())
	r.Group(func(r chi.Router) {
		r.Use(s.reading, s.current)
		s.tileRoutes(r) // packed already
		r.Group(func(r chi.Router) {
			r.Use(s.remember, compress())
			s.api = humachi.New(r, config(d.Program))
			s.api.UseMiddleware(likes, s.planning, s.unchanged)
			s.resources()
			s.bookResources(d.Books)
			s.ogcRoutes(r)
		})
	})
	// What stands before the router, every answer has; the router comes last since
	// what is at hand needs none.
	return chi.Chain(s.account, s.recover, secure, s.crossOrigin(), s.rate(), s.recall).Handler(r)
}

// ours are the beginnings of the paths that programs ask for: below them nothing
// is a page.
var ours = []string{"/api/", "/tiles/", "/ogc", "/metrics"}

// elsewhere answers for paths that no resource has: with a page where there are
// pages, else with a problem.
func elsewhere(pages http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		below := func(prefix string) bool { return strings.HasPrefix(r.URL.Path, prefix) }
		if pages != nil && !slices.ContainsFunc(ours, below) {
			pages.ServeHTTP(w, r)
			return
		}
		writeProblem(w, http.StatusNotFound, "there is nothing at this path; "+base+"/openapi.json lists what there is")
	}
}

// config describes the API; what huma would fetch from elsewhere, or answer with
// addresses of its own, is off.
func config(program string) huma.Config {
	c := huma.DefaultConfig("hubreach", program)
	c.Info.Description = "Plans Family Hub sites for an English county: who can walk to a hub, which areas need outreach and why, and how estate options rank. " +
		"Ratios are 0 to 1, minutes have one decimal, people are not rounded beyond a tenth but in tables of groups, and what is not known is null."
	c.OpenAPIPath = base + "/openapi"
	c.DocsPath, c.SchemasPath = "", ""
	c.CreateHooks = nil
	c.Transformers = []huma.Transformer{brief}
	c.Formats = formats
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{tokenScheme: {Type: "http", Scheme: "bearer", Description: "Made by hubreach token add; of scope planner where something changes."}}
	c.RejectUnknownQueryParameters = true
	return c
}

// resources registers everything below base.
func (s *service) resources() {
	s.studyResources()
	s.areaResources()
	s.siteResources()
	s.optionResources()
	s.editResources()
	s.compareResource()
	s.whatIfResource()
	s.outreachResource()
	s.outreachPlanResources()
	s.reachResource()
	s.jobResources()
	s.versionResource()
}

// operation describes a question that changes nothing.
func operation(id, path, summary, tag string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: base + path, Summary: summary, Tags: []string{tag}}
}
