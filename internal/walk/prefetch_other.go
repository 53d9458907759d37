//go:build (!amd64 && !arm64) || noasm

package walk

import "unsafe"

func prefetch(unsafe.Pointer) {}
