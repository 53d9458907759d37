package report

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// workbook is outreach.xlsx while its sheets are written.
type workbook struct {
	*excelize.File
	head  int             // style of a row of column names
	taken map[string]bool // names of sheets, in lower case
}

// WriteOutreachBook writes what outreach.xlsx holds: a sheet to read first, one a
// district with the rows of outreach.csv of every option, and what the districts
// staff, what a tenth more or less on each threshold moves, and which areas are
// near one. Numbers are numbers. The bytes depend on nothing but the results and
// of, the options that rows are of; none: all of them.
func WriteOutreachBook(ctx context.Context, w io.Writer, r *study.Results, of ...estate.OptionID) (err error) {
	wanted := func(o *study.OptionResult) bool { return len(of) == 0 || slices.Contains(of, o.Option.ID) }
	b := workbook{File: excelize.NewFile(), taken: map[string]bool{}}
	defer func() {
		if cerr := b.Close(); err == nil {
			err = cerr
		}
	}()
	if err := b.begin(firstOf(r.Spec.Title, r.Spec.Name)); err != nil {
		return err
	}
	if err := b.readMe(r); err != nil {
		return err
	}
	rows := targetsTable(r)
	head := make([]string, len(rows.columns))
	for i, c := range rows.columns {
		head[i] = c.name
	}
	byDistrict := map[county.DistrictCode][][]value{}
	for t := range rows.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !wanted(t.option) {
			continue
		}
		var row []value
		for _, c := range rows.columns {
			row = append(row, c.of(t))
		}
		byDistrict[t.District] = append(byDistrict[t.District], row)
	}
	for _, d := range r.County.Districts {
		if err := b.sheet(r.County.DistrictName(d.Code), head, byDistrict[d.Code]); err != nil {
			return err
		}
	}
	if err := b.others(r, wanted); err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := b.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes())
}

// outreachBook writes the workbook of all options.
func outreachBook(ctx context.Context, w io.Writer, r *study.Results) error {
	return WriteOutreachBook(ctx, w, r)
}

// begin sets the title and makes the style of column names.
func (b *workbook) begin(title string) (err error) {
	const made = "2000-01-01T00:00:00Z" // files hold no time
	if err := b.SetDocProps(&excelize.DocProperties{Creator: "hubreach", LastModifiedBy: "hubreach", Created: made, Modified: made, Title: title}); err != nil {
		return err
	}
	b.head, err = b.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return err
}

// readMe writes the first sheet: what the workbook is, and from what.
func (b *workbook) readMe(r *study.Results) error {
	say := func(name, words string) []value { return []value{text(name), text(words)} }
	rows := [][]value{
		say("What", "Outreach plan: "+firstOf(r.Spec.Title, r.Spec.Name)),
		say("Sheets", "One a district, with the target areas of every option (filter option_id); Districts: sessions and who is left without; Thresholds: what a tenth more or less moves; Near a threshold: areas that a small change would move."),
		say("People", "Residents out of reach of an open hub, but for detached youth, which counts everybody. People in need are estimates (residents times a published rate), not counts of real families."),
		say("Columns", "Those of outreach.csv. Several values in one cell are separated by ;. An empty cell is not known. Shares are 0 to 1, minutes are on foot unless the column says transit."),
		say("Stops", "Points among the homes: for a mobile library where no venue is in reach, and for detached youth workers to start from. Told by straight lines, so approximate."),
		say("Walks", firstOf(r.Walk.Note, r.Walk.Method)),
		{text("Data"), editions(r.Inputs, "population", "indicators")},
		say("Fingerprint", r.Fingerprint),
	}
	for _, n := range r.NotAssessed {
		rows = append(rows, say("Not assessed", n))
	}
	for _, l := range r.Spec.Licences {
		rows = append(rows, say("Licence", l.Text))
	}
	return b.sheet("Read me", []string{"about", "words"}, rows)
}

// others writes the sheets of the whole county, of the wanted options.
func (b *workbook) others(r *study.Results, wanted func(*study.OptionResult) bool) error {
	var districts, moves, near [][]value
	for k := range r.Options {
		if !wanted(&r.Options[k]) {
			continue
		}
		id := text(r.Options[k].Option.ID)
		plan := r.Plan(k)
		for _, d := range plan.Districts {
			stated := !math.IsNaN(d.Staffed)
			districts = append(districts, []value{id, text(d.District), text(r.County.DistrictName(d.District)), people(d.Staffed), people(d.Planned), people(d.Wanted),
				people(d.Outside), people(d.Totals.Planned), people(d.Unmet), people(d.Below), people(d.Building), people(d.Mostly),
				people(d.Next.Reached).when(stated), count(d.Next.Targets).when(stated), count(d.Next.Oftener).when(stated), people(d.Next.OftenerInNeed).when(stated)})
		}
		for _, m := range plan.Moves {
			moves = append(moves, []value{id, text(m.Threshold), text(m.Unit), ratio(m.From), ratio(m.To), count(m.Entered), count(m.Left), count(m.Changed), joined(m.Codes)})
		}
		for i, f := range plan.Flips {
			if f.Close() {
				a := r.County.Areas[i]
				near = append(near, []value{id, text(a.Code), text(a.Name), text(a.District), joined(r.Options[k].Outreach.Areas[i].Categories), text(f.Category), flag(f.Enters), ratio(f.Margin), text(f.Words)})
			}
		}
	}
	for _, s := range []struct {
		name, head string
		rows       [][]value
	}{
		{"Districts", "option_id,district_code,district_name,sessions_staffed,sessions_planned,sessions_wanted,in_need_outside,in_need_planned,in_need_unmet,in_need_no_category,of_those_building_warranted,of_those_in_areas_mostly_inside,one_more_weekly_session_reaches,one_more_new_targets,one_more_oftener_targets,one_more_oftener_in_need", districts},
		{"Thresholds", "option_id,threshold,unit,from,to,areas_entered,areas_left,areas_changed,area_codes", moves},
		{"Near a threshold", "option_id,area_code,area_name,district_code,categories,category,would_enter,margin,words", near},
	} {
		if err := b.sheet(s.name, strings.Split(s.head, ","), s.rows); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes one sheet with a frozen row of column names and a filter, and
// holds some columns to choices.
func (b *workbook) sheet(name string, head []string, rows [][]value, held ...choices) error {
	name = b.name(name)
	if len(b.taken) == 1 {
		if err := b.SetSheetName(b.GetSheetName(0), name); err != nil {
			return err
		}
	} else if _, err := b.NewSheet(name); err != nil {
		return err
	}
	w, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, h := range head {
		if err := w.SetColWidth(i+1, i+1, columnWidth(h)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(head))
	for i, h := range head {
		cells[i] = h
	}
	if err := w.SetRow("A1", cells, excelize.RowOpts{StyleID: b.head}); err != nil {
		return err
	}
	for n, row := range rows {
		for i, v := range row {
			cells[i] = v.spreadsheet()
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n+2), cells); err != nil {
			return fmt.Errorf("sheet %s: row %d: %w", name, n+2, err)
		}
	}
	last, err := excelize.CoordinatesToCellName(len(head), len(rows)+1)
	if err != nil {
		return err
	}
	if err := b.AutoFilter(name, "A1:"+last, nil); err != nil { // before Flush, which writes the sheet
		return err
	}
	for _, h := range held {
		if err := h.hold(b, name, len(rows)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// columnWidth returns the width of a column in characters, by what it holds.
func columnWidth(column string) float64 {
	switch {
	case column == "reason" || column == "words" || column == "near_threshold":
		return 80
	case strings.HasSuffix(column, "name") || strings.HasSuffix(column, "ids") || strings.HasSuffix(column, "codes") || column == "place" || column == "date_of_data":
		return 28
	}
	return 14
}

// name turns a text into the name of a sheet, 31 characters at most, no two the
// same and none with what Excel forbids.
func (b *workbook) name(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s), "' ")
	if s == "" {
		s = "District"
	}
	cut := func(s string, most int) string {
		if r := []rune(s); len(r) > most {
			return string(r[:most])
		}
		return s
	}
	base := cut(s, 27)
	s = cut(s, 31)
	for n := 2; b.taken[strings.ToLower(s)]; n++ {
		s = fmt.Sprintf("%s %d", base, n)
	}
	b.taken[strings.ToLower(s)] = true
	return s
}

// spreadsheet returns v as a cell: texts are texts, never formulas.
func (v value) spreadsheet() any {
	switch v.kind {
	case isText:
		if r := []rune(v.text); len(r) > excelize.TotalCellChars {
			return string(r[:excelize.TotalCellChars])
		}
		return v.text
	case isWhole, isReal:
		return v.number
	case isFlag:
		return v.number == 1
	}
	return nil
}

// repack writes the archive of a workbook again with its files by name and with
// no times, so that the same sheets are the same bytes.
func repack(w io.Writer, packed []byte) error {
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Time{}})
		if err != nil {
			return err
		}
		from, err := f.Open()
		if err != nil {
			return err
		}
		_, err = io.Copy(to, from) // #nosec G110 -- the workbook was written by us a moment ago
		if err := errors.Join(err, from.Close()); err != nil {
			return err
		}
	}
	return out.Close()
}
