package estate

import (
	"errors"
	"fmt"
	"strings"

	"hubreach/internal/county"
)

// OptionID names an estate option: 1 to 64 ASCII letters, digits, "-", "_" and
// ".", one letter or digit at least. It is safe as a file name and in an address.
type OptionID string

// ErrBadOptionID means that a text is not the id of any option.
var ErrBadOptionID = errors.New("bad option id")

// ErrNoOption means that the study has no option of that id.
var ErrNoOption = errors.New("no such option")

// ParseOptionID checks that s can be the id of an option.
func ParseOptionID(s string) (OptionID, error) {
	if s == "" || len(s) > 64 {
		return "", fmt.Errorf("%w %.64q: want 1 to 64 characters", ErrBadOptionID, s)
	}
	const alnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	for _, r := range s {
		if !strings.ContainsRune(alnum+"-_.", r) {
			return "", fmt.Errorf("%w %q: want letters, digits, \"-\", \"_\" and \".\"", ErrBadOptionID, s)
		}
	}
	if !strings.ContainsAny(s, alnum) {
		return "", fmt.Errorf("%w %q: want one letter or digit at least", ErrBadOptionID, s)
	}
	return OptionID(s), nil
}

// Status is what an option does with a site.
type Status uint8

// The statuses. Hub, CoLocated and New are open for families to walk to.
// OutreachOnly and Closed are not. The zero value is Closed.
const (
	Closed Status = iota
	OutreachOnly
	Hub
	CoLocated
	New
)

var statusNames = [...]string{"closed", "outreach_only", "hub", "co_located", "new"}

// String returns the status as files write it; a number for one that is none.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("status %d", uint8(s))
}

// Open reports whether families can walk in.
func (s Status) Open() bool { return s >= Hub }

// ErrBadStatus means that a text is not a status.
var ErrBadStatus = errors.New("bad status")

// ParseStatus reads a status as files write it, in either case, with "-" or a
// space for "_"; "open" stands for hub. The error wraps ErrBadStatus.
func ParseStatus(s string) (Status, error) {
	key := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
	if key == "open" {
		return Hub, nil
	}
	for i, name := range statusNames {
		if key == name {
			return Status(i), nil
		}
	}
	return Closed, fmt.Errorf("%w %.64q: want one of hub, co_located, outreach_only, closed, new", ErrBadStatus, s)
}

// Option is an estate option. Status has one entry per site of the county, in
// the county's order.
type Option struct {
	ID     OptionID
	Name   string
	About  string
	Status []Status
	// Sites are the county's sites as the option plans them: with other rooms,
	// costs, services or hours, at the same places. Nil: as they are.
	Sites []county.Site
}

// In returns the county with its sites as the option plans them: c itself when
// the option changes none, else a copy that shares everything but the sites.
func (o Option) In(c *county.County) *county.County {
	if o.Sites == nil {
		return c
	}
	planned := *c
	planned.Sites = o.Sites
	return &planned
}

// OpenSites returns the positions of the open sites, ascending.
func (o Option) OpenSites() []int {
	var open []int
	for i, s := range o.Status {
		if s.Open() {
			open = append(open, i)
		}
	}
	return open
}

// Keep returns an option of the county in which exactly the sites of open are
// hubs, as they are. Unknown positions are a bug in the caller and panic.
func Keep(c *county.County, id OptionID, name string, open []int) Option {
	o := Option{ID: id, Name: name, Status: make([]Status, len(c.Sites))}
	for _, i := range open {
		o.Status[i] = Hub
	}
	return o
}
