package report

import (
	"bufio"
	"context"
	"html/template"
	"io"

	"hubreach/internal/study"
)

// PaperHTML writes a committee report as one HTML file that needs no other: a
// summary, the options side by side, maps and charts drawn as SVG, who loses, the
// equality table, a part for each district, public transport, the outreach plan,
// how sure the ranking is, the method, the data and their licences. It has no
// scripts and no links but to itself, and reads in light and dark and on paper.
//
// A figure that summary.json has carries its place there and its value, as
// data-key and data-value. The error is that of PaperParams, of ctx, or of w.
func PaperHTML(ctx context.Context, w io.Writer, r *study.Results, params PaperParams) error {
	p, err := newPaper(r, params)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := p.html(out); err != nil {
		return err
	}
	return out.Flush()
}

// html lays the report out.
func (p *paper) html(w io.Writer) error {
	ground := groundOf(p.r)
	t, err := paperTemplate.Clone()
	if err != nil {
		return err
	}
	return t.Funcs(template.FuncMap{
		"picture": func(f figure) template.HTML { return template.HTML(p.svg(f, ground)) }, // #nosec G203 -- markup of ours, with the texts of others escaped
	}).Execute(w, p)
}

// svg draws a figure.
func (p *paper) svg(f figure, g *ground) string {
	if f.Chart == nil {
		return pictureOf(p.r, f.Map, g)
	}
	return svgOf(f)
}

// paperTemplate lays out the page. Colours have a contrast of 7 to 1 or more, in
// light and dark.
var paperTemplate = template.Must(template.New("paper").Funcs(template.FuncMap{
	"kind":    func(b block) string { return b.kind() },
	"picture": func(figure) template.HTML { return "" },
	"first":   func(i int) bool { return i == 0 },
	"numeric": numeric,
	"plain":   func(d datum) bool { return d.Value.kind == isText || d.Value.kind == unknown && d.Key == "" },
	"exact":   func(d datum) string { return d.Value.text },
}).Parse(`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}: {{.Subtitle}}</title>
<style>
:root { --ink: #14191f; --paper: #fff; --line: #767676; --head: #12324a; --soft: #eef2f5; --bar: #1d5d8f; --track: #d7dfe6; --link: #144e8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f4f6; --paper: #12161b; --line: #8b949e; --head: #cfe6f8; --soft: #1d242c; --bar: #7cc0f5; --track: #3a4450; --link: #9fd0ff; } }
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 Arial, Helvetica, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 64rem; padding: 1rem; }
h1, h2, h3 { color: var(--head); line-height: 1.2; }
h1 { font-size: 2rem; margin: .5rem 0 .25rem; }
h2 { font-size: 1.5rem; margin: 2.5rem 0 .75rem; border-top: 3px solid var(--head); padding-top: .75rem; }
h3 { font-size: 1.2rem; margin: 1.75rem 0 .5rem; }
p, ul { max-width: 44rem; margin: .6rem 0; }
p, li, h1, h2, h3, figcaption { overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus, .wide:focus { outline: 3px solid #f0a500; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; background: var(--paper); padding: .5rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; font-weight: bold; color: var(--head); padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; }
thead th { border-bottom: 2px solid var(--line); background: var(--soft); padding: .3rem .8rem .3rem .3rem; }
th.n, td.n { text-align: right; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; }
figcaption { font-weight: bold; color: var(--head); margin-bottom: .4rem; }
figure svg { max-width: 100%; height: auto; display: block; }
.chart .bar, .chart .option { fill: var(--bar); }
.chart .track { fill: var(--track); }
.chart .today { fill: var(--ink); }
.chart .other { fill: var(--paper); stroke: var(--bar); stroke-width: 2.5; }
.chart .grid { stroke: var(--track); }
.chart .link { stroke: var(--bar); stroke-width: 2.5; stroke-opacity: .6; }
.small { font-size: .85rem; }
nav ol { columns: 18rem; padding-left: 1.4rem; }
@media print {
  :root { --ink: #000; --paper: #fff; --line: #767676; --head: #12324a; --soft: #eef2f5; --bar: #1d5d8f; --track: #d7dfe6; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }
  h2 { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
  #summary h2 { break-before: auto; margin-top: 1rem; }
  h2, h3, caption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 7.5pt; }
  .wide { overflow: visible; }
  .skip { display: none; }
  figure svg { max-height: 230mm; }
}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>{{.Title}}</h1>
<p>{{.Subtitle}}.{{with .About}} {{.}}{{end}}</p>
</header>
<nav aria-label="Contents">
<ol>
{{range .Sections}}{{if eq .Level 2}}<li><a href="#{{.ID}}">{{.Title}}</a></li>
{{end}}{{end}}</ol>
</nav>
<main id="main">
{{range .Sections}}<section id="{{.ID}}" aria-labelledby="{{.ID}}-title">
{{if eq .Level 2}}<h2 id="{{.ID}}-title">{{.Title}}</h2>{{else}}<h3 id="{{.ID}}-title">{{.Title}}</h3>{{end}}
{{range .Blocks}}{{$kind := kind .}}{{if eq $kind "prose"}}<p>{{.}}</p>
{{else if eq $kind "points"}}<ul>
{{range .Items}}<li>{{.}}</li>
{{end}}</ul>
{{else if eq $kind "grid"}}{{template "grid" .}}{{else}}<figure id="{{.ID}}">
<figcaption>{{.Caption}}</figcaption>
{{picture .}}</figure>
{{end}}{{end}}</section>
{{end}}</main>
<footer class="small">
<p>Study {{.Study}}. Fingerprint {{.Print}}.</p>
</footer>
</body>
</html>
{{define "grid"}}<div class="wide" role="region" aria-labelledby="{{.ID}}-caption" tabindex="0">
<table id="{{.ID}}"><caption id="{{.ID}}-caption">{{.Caption}}</caption>
<thead><tr>{{$right := numeric .}}{{range $i, $h := .Head}}<th scope="col"{{if index $right $i}} class="n"{{end}}>{{$h}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr>{{range $i, $d := .}}{{if first $i}}<th scope="row">{{$d.Text}}</th>{{else if plain $d}}<td{{if index $right $i}} class="n"{{end}}>{{$d.Text}}</td>{{else}}<td class="n"{{with $d.Key}} data-key="{{.}}"{{end}} data-value="{{exact $d}}">{{$d.Text}}</td>{{end}}{{end}}</tr>
{{end}}</tbody></table>
{{with .Note}}<p class="small">{{.}}</p>
{{end}}</div>
{{end}}`))
