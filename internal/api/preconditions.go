package api

import (
	"net/textproto"
	"strconv"
	"strings"

	"hubreach/internal/tile"
)

// holds reports whether an If-None-Match header names an entity tag, or any by
// "*". Tags are compared weakly (RFC 9110, section 13.1.2).
func holds(header []string, etag string) bool {
	etag = strings.TrimPrefix(etag, "W/")
	for _, line := range header {
		for tag := range strings.SplitSeq(line, ",") {
			tag = textproto.TrimString(tag)
			if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
				return true
			}
		}
	}
	return false
}

// encodingFor returns how to pack an answer: what Accept-Encoding likes best,
// and of equals the smaller. Without the header nothing is packed (RFC 9110,
// section 12.5.3).
func encodingFor(header []string) tile.Encoding {
	const unnamed = -1
	br, gzip, identity, other := float64(unnamed), float64(unnamed), 0.0, 0.0
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			switch name, q := weighed(part); name {
			case "br":
				br = q
			case "gzip":
				gzip = q
			case "identity":
				identity = q
			case "*":
				other = q
			}
		}
	}
	if br == unnamed {
		br = other
	}
	if gzip == unnamed {
		gzip = other
	}
	switch most := max(br, gzip); {
	case most == 0 || identity > most:
		return tile.Plain
	case br == most:
		return tile.Brotli
	}
	return tile.Gzip
}

// weighed reads one coding of Accept-Encoding and its weight: 1 when there is
// none, and 0 for one that cannot be read.
func weighed(part string) (name string, q float64) {
	name, parameters, _ := strings.Cut(part, ";")
	name = strings.ToLower(textproto.TrimString(name))
	key, value, found := strings.Cut(textproto.TrimString(parameters), "=")
	if !found {
		return name, 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if strings.ToLower(key) != "q" || err != nil || !(q >= 0 && q <= 1) {
		return name, 0
	}
	return name, q
}
