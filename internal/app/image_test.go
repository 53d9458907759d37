package app_test

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// installed returns the packages that the last apt-get install of a text names.
func installed(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile("apt-get install ([^`\\\\]*)").FindAllStringSubmatch(string(text), -1)
	if len(all) == 0 {
		t.Fatalf("%s installs nothing", path)
	}
	return strings.Fields(all[len(all)-1][1])
}

// packageOf returns the Debian package of a file.
func packageOf(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "dpkg", "-S", filepath.Base(path)).Output()
	for line := range strings.Lines(string(said)) {
		if name, file, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && sameFile(file, path) {
			name, _, _ = strings.Cut(name, ":")
			return name
		}
	}
	t.Fatalf("no package of %s: %v: %s", path, err, said)
	return ""
}

// sameFile also finds /lib/x where dpkg knows /usr/lib/x, which are one folder.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// Every shared library that the program asks for, and the solver that it calls,
// comes with the packages of the image's last stage and of the page for plain
// Debian, or is in every Debian: the C library alone.
func TestImageHasEveryLibrary(t *testing.T) {
	release, err := os.ReadFile("/etc/os-release")
	if err != nil || !strings.Contains(string(release), `VERSION_ID="12"`) || !strings.Contains(string(release), "ID=debian") {
		t.Skip("the image is Debian 12, and this is not: packages have other names")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := elf.Open(self) // this test is linked as the program is
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	asked, err := program.ImportedLibraries()
	if err != nil || len(asked) < 3 {
		t.Fatalf("libraries %q, %v: want GEOS, PROJ and the C library at least", asked, err)
	}
	found, err := exec.CommandContext(t.Context(), "ldd", self).Output()
	if err != nil {
		t.Fatalf("ldd: %v", err)
	}
	var needed []string
	for _, library := range asked {
		at := regexp.MustCompile(regexp.QuoteMeta(library) + ` => (\S+)`).FindSubmatch(found)
		if at == nil {
			t.Fatalf("ldd does not find %s: %s", library, found)
		}
		needed = append(needed, packageOf(t, string(at[1])))
	}
	if cbc, err := exec.LookPath("cbc"); err == nil {
		needed = append(needed, packageOf(t, cbc))
	}
	for _, path := range []string{"Dockerfile", "README.md"} {
		have := append(installed(t, filepath.Join("..", "..", path)), "libc6")
		for _, name := range needed {
			if !slices.Contains(have, name) {
				t.Errorf("%s installs %s, and not %s", path, have, name)
			}
		}
	}
}
