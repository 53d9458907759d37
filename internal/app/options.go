package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// optionsCmd works on options as data.
type optionsCmd struct {
	Export optionsExportCmd `cmd:"" help:"Write a study's options as a workbook to change."`
	Import optionsImportCmd `cmd:"" help:"Read options from a workbook, check and score them; with --out, write them for the study file."`
	Draft  optionsDraftCmd  `cmd:"" help:"Print an option as a JSON document, under a new id, to change."`
	Diff   optionsDiffCmd   `cmd:"" help:"Say in words how two options differ in what they do with each site."`
}

// runStudy runs a study with progress.
func (f studyFlags) run(ctx context.Context, s std) (*study.Results, error) {
	spec, open, err := f.open()
	if err != nil {
		return nil, err
	}
	p := newProgress(s)
	defer p.done()
	return s.run(ctx, spec, f.env(open, p))
}

// optionsExportCmd writes options.xlsx.
type optionsExportCmd struct {
	studyFlags
	Out     string   `required:"" help:"Workbook to write." placeholder:"FILE.xlsx"`
	Options []string `help:"Ids of the options to write. Default: all." placeholder:"ID"`
}

// Run writes the workbook, whole or not at all.
func (c *optionsExportCmd) Run(ctx context.Context, s std) error {
	if err := placeable(c.Out); err != nil { // before the work, not after it
		return err
	}
	r, err := c.run(ctx, s)
	if err != nil {
		return err
	}
	if len(c.Options) == 0 {
		for _, o := range r.Options {
			c.Options = append(c.Options, string(o.Option.ID))
		}
	}
	var docs []study.OptionDocument
	for _, id := range c.Options {
		d, err := r.DraftOption(estate.OptionID(id), estate.OptionID(id), "")
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	if err := writeFile(c.Out, func(w io.Writer) error { return report.WriteOptionBook(ctx, w, r, docs) }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%d options are in %s\n", len(docs), c.Out)
	return err
}

// optionsImportCmd reads a workbook of options.
type optionsImportCmd struct {
	studyFlags
	File string `arg:"" help:"Workbook of options, as options export writes it."`
	Out  string `help:"File to write the new options to, as [[option]] blocks for the end of the study file." placeholder:"FILE.toml"`
	JSON bool   `name:"json" help:"Print the new options as JSON documents."`
}

// Run checks every option of the workbook against the study and scores the new
// ones. Those that say what the study's own say are passed over.
func (c *optionsImportCmd) Run(ctx context.Context, s std) error {
	if c.Out != "" {
		if err := placeable(c.Out); err != nil {
			return err
		}
	}
	book, err := readFile(c.File, study.MaxBook)
	if err != nil {
		return fmt.Errorf("workbook of options: %w", err)
	}
	docs, err := study.ReadOptionBook(bytes.NewReader(book), c.File)
	if err != nil {
		return err
	}
	r, err := c.run(ctx, s)
	if err != nil {
		return err
	}
	added, err := newOptions(r, docs)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	with, err := r.With(ctx, added...)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.Out != "" {
		text, err := study.OptionsTOML(added)
		if err != nil {
			return err
		}
		if err := writeFile(c.Out, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
			return err
		}
	}
	if c.JSON {
		return indentedJSON(s.out, added)
	}
	return printImported(s.out, with, len(docs)-len(added), len(added), c.Out)
}

// newOptions returns the documents that are not the study's own. One with the id
// of an option of the study that says something else is refused.
func newOptions(r *study.Results, docs []study.OptionDocument) ([]study.OptionDocument, error) {
	var added []study.OptionDocument
	for _, d := range docs {
		if _, _, ok := r.Option(d.ID); !ok {
			added = append(added, d)
			continue
		}
		own, err := r.DraftOption(d.ID, d.ID, "")
		if err != nil {
			return nil, err
		}
		if said := study.DiffDocuments(own, d); len(said) > 0 {
			return nil, fmt.Errorf("option %s: %w: it is not the study's option of that id (%d differences, the first: %s) give it an option_id of its own",
				d.ID, study.ErrBadDocument, len(said), said[0])
		}
	}
	return added, nil
}

// printImported says what was read and how the new options rank.
func printImported(out io.Writer, r *study.Results, same, added int, file string) error {
	fmt.Fprintf(out, "%d options are as in the study, %d are new:\n\n", same, added)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rank\toption\tscore\topen hubs\tcovered 0-19\tin need covered\t£ a year\t")
	for i, o := range r.Options {
		cost, mark := "not costed", ""
		if o.Costed {
			cost = fmt.Sprintf("%.0f", o.AnnualCost)
		}
		if i >= len(r.Options)-added {
			mark = " (new)"
		}
		fmt.Fprintf(w, "%d\t%s%s\t%.3f\t%d\t%.0f\t%.0f\t%s\t\n", o.Score.Rank, o.Option.ID, mark, o.Score.Score, len(o.Option.OpenSites()), o.Covered, o.CoveredInNeed, cost)
	}
	if err := w.Flush(); err != nil || file == "" {
		return err
	}
	_, err := fmt.Fprintf(out, "\nThe new options are in %s; put them at the end of the study file.\n", file)
	return err
}

// optionsDraftCmd prints a document.
type optionsDraftCmd struct {
	studyFlags
	From string `arg:"" help:"Id of the option to start from."`
	ID   string `required:"" name:"id" help:"Id of the new option."`
	Name string `help:"Name of the new option. Default: that of the option it starts from."`
	// Based keeps the document short: it lists nothing.
	Based bool `help:"Only say which option it is based on, so that just what changes needs to be listed."`
}

// Run prints the document as JSON.
func (c *optionsDraftCmd) Run(ctx context.Context, s std) error {
	id, err := estate.ParseOptionID(c.ID)
	if err != nil {
		return fmt.Errorf("--id: %w", err)
	}
	r, err := c.run(ctx, s)
	if err != nil {
		return err
	}
	d, err := r.DraftOption(estate.OptionID(c.From), id, c.Name)
	if err != nil {
		return err
	}
	if c.Based {
		d.BasedOn, d.Sites = estate.OptionID(c.From), []study.OptionSite{}
	}
	return indentedJSON(s.out, d)
}

// optionsDiffCmd compares two documents.
type optionsDiffCmd struct {
	studyFlags
	A string `arg:"" help:"Id of an option of the study, or a JSON document."`
	B string `arg:"" help:"The same, to compare with A."`
}

// Run prints a sentence a difference.
func (c *optionsDiffCmd) Run(ctx context.Context, s std) error {
	r, err := c.run(ctx, s)
	if err != nil {
		return err
	}
	a, err := c.document(ctx, r, c.A)
	if err != nil {
		return err
	}
	b, err := c.document(ctx, r, c.B)
	if err != nil {
		return err
	}
	said := study.DiffDocuments(a, b)
	if len(said) == 0 {
		said = []string{fmt.Sprintf("%s and %s do the same with every site.", a.ID, b.ID)}
	}
	_, err = fmt.Fprintln(s.out, strings.Join(said, "\n"))
	return err
}

// document finds an option of the study, or reads a file. What a document is
// based on is written out, so that two documents are compared by what they do.
func (c *optionsDiffCmd) document(ctx context.Context, r *study.Results, from string) (study.OptionDocument, error) {
	if !strings.HasSuffix(from, ".json") {
		return r.DraftOption(estate.OptionID(from), estate.OptionID(from), "")
	}
	text, err := readFile(from, study.MaxSpec)
	if err != nil {
		return study.OptionDocument{}, fmt.Errorf("option document: %w", err)
	}
	d, err := study.ParseOptionDocument(text, from)
	if err != nil {
		return d, err
	}
	if _, _, taken := r.Option(d.ID); taken { // a changed copy under the old id is compared all the same
		d = d.Copy(estate.OptionID(freeID(r, string(d.ID))), "")
	}
	with, err := r.With(ctx, d)
	if err != nil {
		return d, fmt.Errorf("%s: %w", from, err)
	}
	whole, err := with.DraftOption(d.ID, d.ID, "")
	whole.Author = d.Author
	return whole, err
}

// freeID returns an id that no option of the study has.
func freeID(r *study.Results, id string) string {
	for n := 2; ; n++ {
		free := fmt.Sprintf("%.50s-%d", id, n)
		if !slices.ContainsFunc(r.Options, func(o study.OptionResult) bool { return string(o.Option.ID) == free }) {
			return free
		}
	}
}

// indentedJSON prints v as all our JSON is laid out.
func indentedJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// placeable refuses a file whose folder is not there, or that is a folder.
func placeable(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("--out %s: want a file, found a folder", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--out %s: want a file in a folder that is there", path)
	}
	return nil
}

// writeFile writes a file whole or not at all: beside its place first, and moved
// there when it is done.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(f.Name()))
		}
	}()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return errors.Join(err, f.Close())
	}
	if _, err := f.Write(b.Bytes()); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
