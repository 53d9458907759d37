//go:build !amd64 && !arm64

package walk

import "unsafe"

func prefetch(unsafe.Pointer) {}
