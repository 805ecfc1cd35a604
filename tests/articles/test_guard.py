"""Which addresses count as public."""

import pytest

from briefings.articles import is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.32.0.1", "223.255.255.255",
     "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001:81b::200e", "2001:4860:4860::8888"],
)  # fmt: skip
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *["0.0.0.0", "0.1.2.3"],  # unspecified
        *["127.0.0.1", "127.255.255.254", "::1"],  # loopback
        *["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"],  # private
        *["169.254.169.254", "fe80::1", "fe80::1%eth0", "fec0::1"],  # link-local, site-local
        *["100.64.0.1", "100.127.255.255"],  # carrier-grade NAT
        *["224.0.0.1", "239.255.255.250", "ff02::1", "255.255.255.255", "240.0.0.1"],  # multicast, reserved
        *["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],  # documentation
        *["192.0.0.170", "198.18.0.1", "198.19.255.255", "2001:2::1", "100::1"],  # protocol, benchmarks, discard
        *["::", "::8.8.8.8", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::ffff:0:8.8.8.8"],  # mapped and compatible
        *["64:ff9b::808:808", "64:ff9b:1::1", "2002:808:808::1", "192.88.99.1", "2001::1", "2001:0:53aa:64c::1"],
        *["2606:2800:220:1:248:1893:25c8:1946%eth0"],  # a zone
        *[
            "0x7f.1",
            "2130706433",
            "127.1",
            "0177.0.0.1",
            "8.8.8.8.",
            " 8.8.8.8",
            "8.8.8.8/32",
            "localhost",
            "",
            "[::1]",
        ],
    ],
)
def test_everything_else_is_not(address):
    assert not is_public(address)
