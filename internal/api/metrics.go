package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what the service counts of itself. Labels are methods, statuses
// and the patterns of routes, never paths: whoever asks cannot make more of them.
type metrics struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
	now      prometheus.Gauge
	recalled prometheus.Counter
}

// newMetrics adds them to a registry; nil makes one, with those of the process.
func newMetrics(registry *prometheus.Registry, k *Keeper) *metrics {
	if registry == nil {
		registry = prometheus.NewRegistry()
	}
	m := &metrics{
		registry: registry,
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hubreach_http_request_duration_seconds", Help: "Time to answer a request, by method, route and status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 5, 20},
		}, []string{"method", "route", "status"}),
		now:      prometheus.NewGauge(prometheus.GaugeOpts{Name: "hubreach_http_requests_in_flight", Help: "Requests that are being answered."}),
		recalled: prometheus.NewCounter(prometheus.CounterOpts{Name: "hubreach_http_recalled_total", Help: "Requests whose answer was at hand, so that nothing was looked up or written anew."}),
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	registry.MustRegister(m.seconds, m.now, m.recalled,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("hubreach_study_version", "Number of the study version that is served; 0 before the first.", func() float64 {
			if s := k.Now(); s != nil {
				return float64(s.Version.ID)
			}
			return 0
		}),
		gauge("hubreach_study_options", "Options that are served.", func() float64 {
			if s := k.Now(); s != nil {
				return float64(len(s.Results.Options))
			}
			return 0
		}),
		gauge("hubreach_options_left_out", "Edited options that the study cannot mean.", func() float64 {
			if s := k.Now(); s != nil {
				return float64(len(s.faults))
			}
			return 0
		}),
		gauge("hubreach_store_up", "1 when the store answered when it was last asked.", func() float64 {
			if k.away.Load() {
				return 0
			}
			return 1
		}),
	)
	return m
}

// handler serves the metrics.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}

// methods are those that may be labels; any other counts as "other".
var methods = map[string]bool{http.MethodGet: true, http.MethodHead: true, http.MethodPost: true, http.MethodPut: true, http.MethodDelete: true, http.MethodOptions: true}

// count notes an answer.
func (m *metrics) count(method, route string, status int, took time.Duration) {
	if !methods[method] {
		method = "other"
	}
	m.seconds.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}
