package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"hubreach/internal/study/draft"
)

// initCmd drafts a study file.
type initCmd struct {
	Dir   string `arg:"" help:"Folder with the files to make a study of, as they were downloaded."`
	Out   string `help:"Study file to write. Default: study.toml in the folder." placeholder:"FILE"`
	Force bool   `help:"Write over a study file that is there."`
	JSON  bool   `name:"json" help:"Print what was found as JSON instead of the table."`
}

// draftName is the study file that init writes, below the folder it looks at.
const draftName = "study.toml"

// Run looks at the folder, writes the study file, and prints what each file was
// taken for and what to do next. A study file that is there is kept unless Force
// is set; the new one is there whole or not at all.
func (c *initCmd) Run(ctx context.Context, s std) error {
	if info, err := os.Stat(c.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: want a folder that exists", c.Dir)
	}
	out := c.Out
	if out == "" {
		out = filepath.Join(c.Dir, draftName)
	}
	if err := c.free(out); err != nil { // before the work, not after it
		return err
	}
	fmt.Fprintf(s.err, "look at the files of %s\n", c.Dir)
	draft, err := draft.New(ctx, os.DirFS(c.Dir))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Dir, err)
	}
	if err := c.free(out); err != nil {
		return err
	}
	if err := writeAtOnce(out, draft.Text); err != nil {
		return fmt.Errorf("study file: %w", err)
	}
	if c.JSON {
		return printDraftJSON(s.out, out, draft)
	}
	return c.print(s.out, out, draft)
}

// free returns an error when a file would be written over.
func (c *initCmd) free(out string) error {
	info, err := os.Lstat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("study file: %w", err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: want the name of a file, found something else", out)
	case !c.Force:
		return fmt.Errorf("%s is there already: give --force to write over it, or another name with --out", out)
	}
	return nil
}

// writeAtOnce writes a file beside itself and moves it into place.
func writeAtOnce(path string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".hubreach-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(text)
	const forAll = 0o644 // to read, as a text file that its owner writes
	err = errors.Join(err, f.Chmod(forAll), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// print writes the table of files and the next step.
func (c *initCmd) print(w io.Writer, out string, d draft.Draft) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FILE\tROLE\tWHY")
	for _, f := range d.Found {
		file, role := f.File, f.Role
		if f.Layer != "" {
			file += " (" + f.Layer + ")"
		}
		if !f.Taken && role != "" {
			role = "(" + role + ")"
		}
		if role == "" {
			role = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", file, role, f.Why)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nWritten: %s. A role in brackets is written there, and switched off.\n", out)
	for _, role := range d.Missing {
		fmt.Fprintf(&b, "Missing: a file for the role %s; its block says what to look for.\n", role)
	}
	for _, q := range d.Decide {
		fmt.Fprintf(&b, "Decide:  %s.\n", q)
	}
	next := "Next:    "
	if len(d.Missing)+len(d.Decide) > 0 {
		next = "Next:    settle every line with DECIDE in it, then "
	}
	fmt.Fprintf(&b, "%shubreach check %s\n", next, c.arguments(out))
	_, err := io.WriteString(w, b.String())
	return err
}

// arguments of the next command: the study file, and the folder of its data
// when that is another.
func (c *initCmd) arguments(out string) string {
	if filepath.Clean(filepath.Dir(out)) == filepath.Clean(c.Dir) {
		return shellWord(out)
	}
	return shellWord(out) + " --data " + shellWord(c.Dir)
}

// shellWord puts a path in quotes when a shell would take it apart.
func shellWord(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\n'\"\\$&|;<>()*?[]#~`!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// printDraftJSON writes what was found for machines.
func printDraftJSON(w io.Writer, out string, d draft.Draft) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Study   string        `json:"study"`
		Found   []draft.Found `json:"found"`
		Missing []string      `json:"missing"`
		Decide  []string      `json:"decide"`
	}{out, append([]draft.Found{}, d.Found...), append([]string{}, d.Missing...), append([]string{}, d.Decide...)})
}
