// Package transit answers how long it takes by public transport: from the doors
// of a county to one place, over a window of departures, exact for the timetable.
//
// A journey is a walk to a stop, one ride or more with changes between, and a
// walk to the place; or a walk alone. Join makes one timetable of several feeds,
// Build takes out of it the rides of one day, and a Search finds for one place
// how to get there from every stop at every moment of a window. From then on a
// door costs one pass over the stops that it can walk to: see Search.Door.
// Network.Homewards turns everything round and gives the way back.
//
// Walks are not found here. The caller measures them, along streets or by
// straight lines, and hands them in as Legs. All times are whole milliseconds,
// as those of package walk are: of a day, after its midnight; they may be past
// 24 hours, and below zero for what set out the evening before.
//
// Everything here is sequential. A Timetable and a Network are never changed
// once built and may be shared; each goroutine takes a Search of its own.
//
// # What a journey takes
//
// Whoever boards first has to be at the stop Params.Boarding before the vehicle
// leaves. Whoever changes needs the walk between the two stops, Params.Change,
// and Params.Boarding again; a time that the feed gives for the change replaces
// the walk and Params.Change where it is longer than the walk. There is one walk
// at most between two rides. Whoever stays on board where a vehicle goes on as
// another trip of its block does not change. The vehicles run as the timetable
// says.
//
// # Why a scan of connections
//
// A connection is a vehicle going from one stop to its next. One pass over the
// connections of the window, from the last to depart to the first, meets every
// ride after all the rides it can be followed by, so that each stop gathers its
// best arrivals by departure in order and nothing is searched twice. It answers
// all departures and all origins at once, which is what a window of six hours
// and forty thousand doors ask for. Rejected: rounds by number of rides
// (RAPTOR), which give the number of changes as well, but look at every line
// again for each departure; nobody asks here for the number of changes.
//
// Source: J. Dibbelt, T. Pajor, B. Strasser and D. Wagner, "Connection scan
// algorithm", ACM Journal of Experimental Algorithmics 23 (2018), 1.7, the
// profile variant. Walks between stops are looked up where somebody alights and
// not spread to the stops around, so they need not be closed under chaining.
//
// # What is not modelled
//
// Fares, crowding, delays, and the doors of a particular vehicle.
package transit
