"""The address guard: no connection to an address inside the network, whatever name or redirect led there."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TypeAlias

from aiohttp.abc import AbstractResolver
from aiohttp.connector import TCPConnector

Network: TypeAlias = IPv4Network | IPv6Network
Address: TypeAlias = IPv4Address | IPv6Address

_INNER = tuple(
    ipaddress.ip_network(text)
    for text in (
        # What is not globally reachable by https://www.iana.org/assignments/iana-ipv4-special-registry and
        # its sister for IPv6, and multicast. Python's own list differs between its patch releases.
        # 168.63.129.16 is a cloud's own agent, though a global address; 6to4 was given up in RFC 7526.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "::/127", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
)  # fmt: skip

_CARRIERS = tuple(
    ipaddress.IPv6Network(text)
    # IPv6 addresses whose last 32 bits are an IPv4 address: that counts.
    for text in ("::ffff:0:0/96", "::/96", "64:ff9b::/96")
)

MARK = "address inside the network"
"""Stands in every refusal's message, also where a library has folded several errors into one text."""


class AddressRefusedError(OSError):
    """A connection was not made, since its address is not one of the open internet."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{MARK}: {address}")
        self.address = address


def is_open(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Say whether an address may be connected to: a global one, or one of the networks that an admin allows.

    Args:
        address: as a socket gives it, perhaps with a zone ("fe80::1%eth0"). What is no address is not open.
        allowed: networks that are open all the same; for a carried IPv4 address its own network counts.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    forms = [ip, *_carried(ip)]
    if any(form in network for form in forms for network in allowed if form.version == network.version):
        return True
    return not any(form in network for form in forms for network in _INNER if form.version == network.version)


def _carried(ip: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address carries within it."""
    if isinstance(ip, IPv4Address):
        return []
    return [IPv4Address(int(ip) & 0xFFFFFFFF) for network in _CARRIERS if ip in network]


def guarded_connector(
    allowed: Sequence[Network], *, limit: int, per_host: int, resolver: AbstractResolver | None = None
) -> TCPConnector:
    """Return a connector whose every socket is checked at the moment it is made.

    A check of names or of what a resolver answers would be passed by literals, mapped addresses, Unicode
    digits, redirects and rebinding; the socket's factory sees the address that is really connected to.

    Args:
        allowed: networks that are open all the same.
        limit: the most connections at a time.
        per_host: the most of them to one host.
        resolver: for tests that play a name server.
    """

    def make(
        info: tuple[
            socket.AddressFamily | int,
            socket.SocketKind | int,
            int,
            str,
            tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes],
        ],
    ) -> socket.socket:
        family, kind, proto, _, target = info
        host = str(target[0])
        if not is_open(host, allowed):
            raise AddressRefusedError(host)
        return socket.socket(family=family, type=kind, proto=proto)

    return TCPConnector(
        limit=limit, limit_per_host=per_host, socket_factory=make, resolver=resolver, ttl_dns_cache=60
    )
