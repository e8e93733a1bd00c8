from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.guard import is_open

INNER = [
    "0.0.0.0",  # noqa: S104 - asked about, not bound to
    "127.0.0.1", "127.8.9.10", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.255.255.250",
    "255.255.255.255",
    "168.63.129.16", "::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808",
    "2002:7f00:1::", "2002:c0a8:101::1", "2001::1", "2001:db8::1", "localhost", "", "nonsense", "1.2.3",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_refused(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_open_addresses_are_not(address: str) -> None:
    assert is_open(address)


def test_what_an_admin_allows() -> None:
    allowed = (ip_network("192.168.7.0/24"), ip_network("fd00::/8"))
    assert is_open("192.168.7.9", allowed)
    assert is_open("::ffff:192.168.7.9", allowed)
    assert is_open("fd12::1", allowed)
    assert not is_open("192.168.8.9", allowed)
    assert not is_open("127.0.0.1", allowed)


@given(st.ip_addresses(v=4))
@settings(max_examples=150, deadline=None)
def test_an_address_carried_in_another_is_as_open_as_itself(ip: IPv4Address) -> None:
    carried = IPv6Address(f"::ffff:{ip}")
    assert is_open(str(carried)) == is_open(str(ip))
    if is_open(str(ip)):
        assert ip.is_global


@given(st.ip_addresses(v=6))
@settings(max_examples=150, deadline=None)
def test_no_open_address_is_one_that_python_calls_private(ip: IPv6Address) -> None:
    if is_open(str(ip)):
        assert not any((ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_site_local))
