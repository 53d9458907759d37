package api

import (
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the networks of the proxies in front of the service. What any
// other client says of itself is nobody's word.
type proxies []netip.Prefix

// client returns the address and port of whoever asks, and whether by HTTPS. Of
// X-Forwarded-For it takes the last address that is no proxy of ours: those
// before it are what the client wrote. An address from there has no port.
func (p proxies) client(r *http.Request) (address string, secure bool) {
	address, secure = r.RemoteAddr, r.TLS != nil
	peer, err := netip.ParseAddrPort(address)
	if err != nil || !p.have(peer.Addr()) {
		return address, secure
	}
	secure = secure || r.Header.Get("X-Forwarded-Proto") == "https"
	if len(r.Header["X-Forwarded-For"]) == 0 {
		return address, secure
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, ok := hopOf(hops[i])
		if !ok {
			break // what stands before it is no better
		}
		address = hop.String()
		if !p.have(hop) {
			break
		}
	}
	return address, secure
}

// have reports whether an address is one of the proxies.
func (p proxies) have(a netip.Addr) bool {
	a = a.Unmap()
	for _, network := range p {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// hopOf reads an address, with or without a port.
func hopOf(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return a.Unmap().WithZone(""), true
	}
	withPort, err := netip.ParseAddrPort(text)
	return withPort.Addr().Unmap().WithZone(""), err == nil
}
