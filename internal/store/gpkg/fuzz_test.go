package gpkg_test

import (
	"path/filepath"
	"testing"

	"hubreach/internal/store/storetest"
)

// FuzzTexts puts any text wherever the store takes one.
func FuzzTexts(f *testing.F) {
	for _, text := range storetest.AwkwardTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		storetest.Texts(t, at(t, filepath.Join(t.TempDir(), "store.gpkg")), text)
	})
}
