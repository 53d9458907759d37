package app_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of the module, as go.mod says it.
const module = "hubreach"

// row is one package of the house: where it is and which packages of the
// module its code may import, separated by spaces.
type row struct {
	pkg string
	may string
}

// house is the import table of the design, in the order in which data flows. A
// row names only rows above it, so a cycle cannot be written down. A package
// that is not here does not exist.
//
// A test may import its own package and every row above it, and the rows of
// forTests wherever they stand.
var house = []row{
	{"geo", ""},
	{"geo/index", "geo"},
	{"geo/shape", "geo"},
	{"geo/geopackage", ""},
	{"data", ""},

	{"internal/source", "geo geo/geopackage"},
	{"internal/county", "geo geo/index geo/shape internal/source"},
	{"internal/walk", "geo geo/index internal/source internal/county"},
	{"internal/walk/cache", "internal/walk"},
	{"internal/transit", "geo geo/index internal/source internal/county internal/walk"},
	{"internal/reach", "geo geo/index geo/shape internal/source internal/county internal/walk internal/transit"},
	{"internal/need", "geo internal/source internal/county internal/reach"},
	{"internal/outreach", "geo geo/index geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need"},
	{"internal/estate", "geo geo/index geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach"},
	{"internal/optimise", "geo internal/county internal/reach internal/need internal/estate"},
	{"internal/optimise/cbc", "internal/optimise"}, // the exact solver as a program: an edge, so that optimise stays pure

	{"internal/study", "geo geo/index geo/shape data internal/source internal/county internal/walk internal/walk/cache internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise"},
	{"internal/study/draft", "geo internal/source internal/study"},
	{"internal/store", "geo internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study"},
	{"internal/store/gpkg", "geo geo/shape geo/geopackage internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study internal/store"},
	{"internal/store/postgis", "geo geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study internal/store"},

	{"internal/tile", "geo geo/index geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study"},
	{"internal/report", "geo geo/index geo/shape geo/geopackage internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study"},
	{"internal/web", "geo internal/county internal/study"},
	{"internal/api", "geo geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study internal/store internal/tile internal/web"}, // of the stores, the seam alone

	{"internal/app", "geo geo/index geo/shape data internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/optimise/cbc internal/study internal/study/draft internal/store internal/store/gpkg internal/store/postgis internal/tile internal/report internal/web internal/api"},

	{"internal/village", "geo geo/index geo/shape internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study"},
	{"internal/detector", ""},
	{"internal/realdata", "internal/source internal/study internal/detector"},
	{"internal/optimise/optimisetest", "internal/optimise"},
	{"internal/store/storetest", "geo internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise internal/study internal/store internal/village"},

	{"cmd/hubreach", "internal/app"},

	// Tools outside the pipeline.
	{"data/generate", "geo geo/index geo/shape"},
	{"scripts/download", "geo"},
	{"scripts/benchmark/scale", "geo internal/source"},
	{"scripts/benchmark/mvtpeer", ""},
	{"scripts/benchmark", "geo data internal/source internal/walk internal/walk/cache internal/reach scripts/benchmark/scale"},
}

// forTests are the rows that only tests, and each other, may import.
var forTests = []string{"internal/village", "internal/detector", "internal/realdata", "internal/optimise/optimisetest", "internal/store/storetest"}

// pipeline are the rows that are functions of their arguments.
var pipeline = strings.Fields("internal/source internal/county internal/walk internal/transit internal/reach internal/need internal/outreach internal/estate internal/optimise")

const (
	anywhere  = "*"
	testsOnly = "tests" // any test and the rows of forTests, and no other code
)

// outsiders says which packages of the house a package from elsewhere may be
// used in. The longest path that fits decides. A third-party package that no
// line fits is refused; the standard library is free but for the lines here.
var outsiders = []struct{ path, in string }{
	{"github.com/paulmach/orb", anywhere},
	{"github.com/paulmach/orb/encoding/mvt", "internal/tile"},
	{"github.com/paulmach/osm", "internal/source data"}, // in data by the tests of the sample, which stands above every reader
	{"github.com/tidwall/rtree", "geo/index"},
	{"github.com/twpayne/go-geos", "geo/shape"},
	{"github.com/twpayne/go-proj", "geo"},
	{"github.com/twpayne/go-shapefile", "internal/source"},
	{"github.com/twpayne/go-geom", "internal/source"},
	{"github.com/xuri/excelize", "internal/source internal/report"},
	{"codeberg.org/go-pdf/fpdf", "internal/report"},
	{"golang.org/x/image/font/gofont", "internal/report"},
	{"github.com/mattn/go-sqlite3", "internal/source internal/store/gpkg internal/report"},
	{"github.com/jackc/pgx", "internal/store/postgis scripts/benchmark/mvtpeer"},
	{"github.com/pressly/goose", "internal/store/gpkg internal/store/postgis"},
	{"github.com/riverqueue/river", "internal/store/postgis"},
	{"github.com/maypok86/otter", "internal/tile internal/api"},
	{"github.com/klauspost/compress", "internal/tile internal/api"},
	{"github.com/andybalholm/brotli", "internal/tile internal/api"},
	{"github.com/pelletier/go-toml", "internal/study"},
	{"github.com/go-chi", "internal/api"},
	{"github.com/danielgtaylor/huma", "internal/api"},
	{"github.com/CAFxX/httpcompression", "internal/api"},
	{"github.com/prometheus/client_golang", "internal/store/postgis internal/tile internal/api internal/app"},
	{"github.com/alecthomas/kong", "internal/app"},
	{"github.com/schollz/progressbar", "internal/app"},
	{"google.golang.org/protobuf", "internal/source internal/tile data/generate scripts/benchmark/scale"},
	{"golang.org/x/sys", "scripts/benchmark internal/api"},
	{"golang.org/x/term", "internal/app"},
	{"golang.org/x/text", "internal/source"},
	{"golang.org/x/net", "internal/source"},
	{"golang.org/x/sync", "internal/source internal/study internal/api internal/app"},
	{"github.com/google/go-cmp", testsOnly},
	{"pgregory.net/rapid", testsOnly},

	{"net/http", "internal/web internal/api internal/app scripts/download scripts/benchmark/mvtpeer"},
	{"database/sql", "internal/source internal/store/gpkg internal/store/postgis internal/report"},
	{"flag", "data/generate scripts/download scripts/benchmark"},
	{"log", "data/generate scripts/download scripts/benchmark"},
	{"log/slog", "internal/store internal/store/gpkg internal/store/postgis internal/api internal/app"},
	{"math/rand", "data/generate"}, // unseeded and global; math/rand/v2 with a seed is free
	{"math/rand/v2", anywhere},
	{"os", "internal/source internal/walk/cache internal/optimise/cbc internal/study internal/store/gpkg internal/report internal/app cmd/hubreach data/generate scripts/download scripts/benchmark scripts/benchmark/mvtpeer"},
	{"os/exec", "internal/optimise/cbc data/generate scripts/benchmark"},
}

// file is what the checker reads of one Go file.
type file struct {
	path    string // below the module root, with slashes
	test    bool
	imports []string
}

func (f file) pkg() string { return f.path[:max(0, strings.LastIndex(f.path, "/"))] }

// violations returns one line for each import that the table does not allow.
func violations(files []file) []string {
	var found []string
	for _, f := range files {
		at := slices.IndexFunc(house, func(r row) bool { return r.pkg == f.pkg() })
		if at < 0 {
			found = append(found, fmt.Sprintf("%s: package %q is not in the import table", f.path, f.pkg()))
			continue
		}
		for _, path := range f.imports {
			if fault := judge(f, at, path); fault != "" {
				found = append(found, fmt.Sprintf("%s: imports %s: %s", f.path, path, fault))
			}
		}
	}
	return found
}

// judge returns what is wrong with f, of the house's row at, importing path, or "".
func judge(f file, at int, path string) string {
	if inner, ours := strings.CutPrefix(path, module+"/"); ours {
		return judgeOurs(f, at, inner)
	}
	best := -1
	for i, o := range outsiders {
		fits := path == o.path || strings.HasPrefix(path, o.path+"/")
		if fits && (best < 0 || len(o.path) > len(outsiders[best].path)) {
			best = i
		}
	}
	standard := !strings.Contains(strings.Split(path, "/")[0], ".")
	switch {
	case best < 0 && standard:
		return ""
	case best < 0:
		return "no line of the table of third-party packages fits it"
	}
	in := outsiders[best].in
	testing := f.test || slices.Contains(forTests, f.pkg())
	if in == anywhere || testing && (standard || in == testsOnly) || slices.Contains(strings.Fields(in), f.pkg()) {
		return ""
	}
	return "allowed only in: " + in
}

func judgeOurs(f file, at int, inner string) string {
	target := slices.IndexFunc(house, func(r row) bool { return r.pkg == inner })
	switch {
	case target < 0:
		return "not in the import table"
	case f.test && (target <= at || slices.Contains(forTests, inner)):
		return ""
	case slices.Contains(strings.Fields(house[at].may), inner):
		return ""
	case f.test:
		return "a test may import only its own package, those above it and " + strings.Join(forTests, ", ")
	}
	return "its row allows only: " + house[at].may
}

// TestHouseRowsNameOnlyRowsAbove keeps the table itself honest.
func TestHouseRowsNameOnlyRowsAbove(t *testing.T) {
	var above []string
	for _, r := range house {
		if slices.Contains(above, r.pkg) {
			t.Errorf("%s stands in the table twice", r.pkg)
		}
		for _, name := range strings.Fields(r.may) {
			if !slices.Contains(above, name) {
				t.Errorf("row %s names %s, which is not above it", r.pkg, name)
			}
			if slices.Contains(forTests, name) && !slices.Contains(forTests, r.pkg) {
				t.Errorf("row %s names %s, which is for tests only", r.pkg, name)
			}
		}
		above = append(above, r.pkg)
	}
	for _, o := range outsiders {
		for _, name := range strings.Fields(o.in) {
			if o.in != anywhere && o.in != testsOnly && !slices.Contains(above, name) {
				t.Errorf("line %s names %s, which is not in the import table", o.path, name)
			}
		}
	}
}

// TestImportsFollowTheHouse reads every Go file of the module.
func TestImportsFollowTheHouse(t *testing.T) {
	files := moduleFiles(t)
	if len(files) < 10 {
		t.Fatalf("moduleFiles found %d Go files, want the whole module", len(files))
	}
	for _, v := range violations(files) {
		t.Error(v)
	}
}

// TestPlantedViolationsAreFound shows that the checker can fail.
func TestPlantedViolationsAreFound(t *testing.T) {
	for _, tc := range []struct {
		name   string
		path   string
		imp    string
		caught bool
	}{
		{"a row above", "internal/walk/a.go", "hubreach/internal/county", false},
		{"a row below", "internal/walk/a.go", "hubreach/internal/reach", true},
		{"one edge from another", "internal/report/a.go", "hubreach/internal/api", true},
		{"api serves tile", "internal/api/a.go", "hubreach/internal/tile", false},
		{"only app picks a store", "internal/api/a.go", "hubreach/internal/store/gpkg", true},
		{"the command knows only app", "cmd/hubreach/main.go", "hubreach/internal/study", true},
		{"geo knows nobody", "geo/a.go", "hubreach/geo/index", true},
		{"the village from code", "internal/need/a.go", "hubreach/internal/village", true},
		{"the village from a test", "internal/need/a_test.go", "hubreach/internal/village", false},
		{"a test's own package", "internal/need/a_test.go", "hubreach/internal/need", false},
		{"a test, any row above", "internal/need/a_test.go", "hubreach/internal/walk", false},
		{"a test, a row below", "internal/need/a_test.go", "hubreach/internal/study", true},
		{"a package nobody wrote down", "internal/util/a.go", "strings", true},
		{"an import nobody wrote down", "internal/app/a.go", "hubreach/internal/util", true},
		{"the root of the module", "a.go", "strings", true},
		{"orb anywhere", "internal/estate/a.go", "github.com/paulmach/orb", false},
		{"the tile encoder in tile", "internal/tile/a.go", "github.com/paulmach/orb/encoding/mvt", false},
		{"the tile encoder elsewhere", "internal/api/a.go", "github.com/paulmach/orb/encoding/mvt", true},
		{"GEOS in shape", "geo/shape/a.go", "github.com/twpayne/go-geos", false},
		{"GEOS elsewhere", "internal/county/a.go", "github.com/twpayne/go-geos", true},
		{"GEOS in a test elsewhere", "internal/county/a_test.go", "github.com/twpayne/go-geos", true},
		{"PROJ with its version", "geo/a.go", "github.com/twpayne/go-proj/v11", false},
		{"PROJ elsewhere", "internal/county/a.go", "github.com/twpayne/go-proj/v11", true},
		{"OSM in the sample's generator", "data/generate/main.go", "github.com/paulmach/osm/osmpbf", true},
		{"SQLite in report", "internal/report/a.go", "github.com/mattn/go-sqlite3", false},
		{"SQLite in study", "internal/study/a.go", "github.com/mattn/go-sqlite3", true},
		{"pgx in gpkg", "internal/store/gpkg/a.go", "github.com/jackc/pgx/v5", true},
		{"kong in the command", "cmd/hubreach/main.go", "github.com/alecthomas/kong", true},
		{"go-cmp in code", "internal/need/a.go", "github.com/google/go-cmp/cmp", true},
		{"go-cmp in a test", "internal/need/a_test.go", "github.com/google/go-cmp/cmp", false},
		{"a process from a suite", "internal/store/storetest/a.go", "os/exec", false},
		{"go-cmp in a suite", "internal/store/storetest/a.go", "github.com/google/go-cmp/cmp", false},
		{"a stranger", "internal/app/a.go", "example.org/left-pad", true},
		{"a stranger whose name starts alike", "geo/a.go", "github.com/paulmach/orbital", true},
		{"the environment in the pipeline", "internal/need/a.go", "os", true},
		{"HTTP in the pipeline", "internal/estate/a.go", "net/http", true},
		{"SQL in the pipeline", "internal/estate/a.go", "database/sql", true},
		{"the log in the pipeline", "internal/estate/a.go", "log/slog", true},
		{"a free standard package", "internal/estate/a.go", "slices", false},
		{"os in a test", "internal/estate/a_test.go", "os", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := file{path: tc.path, test: strings.HasSuffix(tc.path, "_test.go"), imports: []string{tc.imp}}
			if got := violations([]file{f}); (len(got) > 0) != tc.caught {
				t.Errorf("violations(%s imports %s) = %q, want caught = %t", tc.path, tc.imp, got, tc.caught)
			}
		})
	}
}

// forbidden are calls that no import rule can see: selector by selector, and
// where the rule holds. An empty in means everywhere, tests too.
var forbidden = []struct {
	selector string // "package.Name", or ".Name" for a method of any receiver
	in       []string
	why      string
}{
	{".ContainsXY", nil, "silently false before GEOS 3.12: use Contains with a point"},
	{".IntersectsXY", nil, "silently false before GEOS 3.12: use Intersects with a point"},
	{"time.Now", pipeline, "the pipeline has no clock"},
	{"time.Since", pipeline, "the pipeline has no clock"},
	{"os.Getenv", append([]string{"internal/study"}, pipeline...), "the environment is read in app only"},
	{"os.LookupEnv", append([]string{"internal/study"}, pipeline...), "the environment is read in app only"},
	// Not in source: its readers take none, and the decoders of others ask for one.
	{"context.Background", append([]string{"internal/study", "internal/api"}, pipeline[1:]...), "a context is handed down from app"},
}

// forbiddenCalls returns one line for each forbidden selector in the file.
func forbiddenCalls(path string, root *ast.File, fset *token.FileSet) []string {
	pkg, test := file{path: path}.pkg(), strings.HasSuffix(path, "_test.go")
	var found []string
	ast.Inspect(root, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		full := "." + sel.Sel.Name
		if x, ok := sel.X.(*ast.Ident); ok {
			full = x.Name + full
		}
		for _, rule := range forbidden {
			method := rule.selector[0] == '.' && strings.HasSuffix(full, rule.selector)
			held := rule.in == nil || !test && slices.Contains(rule.in, pkg)
			if held && (method || full == rule.selector) {
				found = append(found, fmt.Sprintf("%s:%d: %s: %s", path, fset.Position(sel.Pos()).Line, full, rule.why))
			}
		}
		return true
	})
	return found
}

func TestForbiddenCalls(t *testing.T) {
	for _, f := range moduleFiles(t) {
		fset := token.NewFileSet()
		root, err := parser.ParseFile(fset, filepath.Join("..", "..", filepath.FromSlash(f.path)), nil, 0)
		if err != nil {
			t.Errorf("parse %s: %v", f.path, err)
			continue
		}
		for _, v := range forbiddenCalls(f.path, root, fset) {
			t.Error(v)
		}
	}
}

func TestPlantedCallsAreFound(t *testing.T) {
	for _, tc := range []struct {
		name, path, body string
		caught           bool
	}{
		{"the stub predicate", "geo/shape/a.go", "p.ContainsXY(1, 2)", true},
		{"the stub predicate in a test", "geo/shape/a_test.go", "f().IntersectsXY(1, 2)", true},
		{"the clock in the pipeline", "internal/reach/a.go", "time.Now()", true},
		{"the clock in a test", "internal/reach/a_test.go", "time.Now()", false},
		{"the clock in app", "internal/app/a.go", "time.Now()", false},
		{"the environment in study", "internal/study/a.go", `os.Getenv("X")`, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fset := token.NewFileSet()
			root, err := parser.ParseFile(fset, tc.path, "package a\nfunc g() { "+tc.body+" }", 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := forbiddenCalls(tc.path, root, fset); (len(got) > 0) != tc.caught {
				t.Errorf("forbiddenCalls(%s: %s) = %q, want caught = %t", tc.path, tc.body, got, tc.caught)
			}
		})
	}
}

// TestMainIsShort: main.go only calls app.
func TestMainIsShort(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "cmd", "hubreach", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(src, []byte("\n")); n >= 20 {
		t.Errorf("cmd/hubreach/main.go has %d lines, want under 20", n)
	}
}

// moduleFiles reads the imports of every Go file of the module, whatever its
// build tags.
func moduleFiles(t *testing.T) []file {
	t.Helper()
	root := os.DirFS(filepath.Join("..", ".."))
	var files []file
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		src, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := file{path: path, test: strings.HasSuffix(path, "_test.go")}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, name)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatalf("read the module: %v", err)
	}
	return files
}
