//! Who can be reached at an address: IANA's registries of special-purpose addresses (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far an address reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The public network.
    Public,
    /// This machine or the networks behind its router.
    Private,
    /// Nothing that a page is fetched from: link-local, multicast, reserved, a cloud's metadata, or
    /// another address in disguise.
    Never,
}

pub(super) fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

const PRIVATE_V4: [(Ipv4Addr, u32); 5] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10), // Carriers' NAT.
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
];

const NEVER_V4: [(Ipv4Addr, u32); 12] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 100, 100, 200), 32), // A cloud's metadata.
    (Ipv4Addr::new(168, 63, 129, 16), 32),   // Another's, at a public address.
    (Ipv4Addr::new(169, 254, 0, 0), 16),     // Link-local; most clouds' metadata.
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),   // Documentation, with the two below.
    (Ipv4Addr::new(192, 88, 99, 0), 24), // Relays of 6to4.
    (Ipv4Addr::new(198, 18, 0, 0), 15),  // Benchmarks.
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4), // Multicast.
    (Ipv4Addr::new(240, 0, 0, 0), 4), // Reserved; broadcast.
];

fn reach_v4(address: Ipv4Addr) -> Reach {
    let within = |(net, bits): &(Ipv4Addr, u32)| (address.to_bits() ^ net.to_bits()) >> (32 - bits) == 0;
    match () {
        () if NEVER_V4.iter().any(within) => Reach::Never,
        () if PRIVATE_V4.iter().any(within) => Reach::Private,
        () => Reach::Public,
    }
}

const PRIVATE_V6: [(Ipv6Addr, u32); 2] =
    [(Ipv6Addr::LOCALHOST, 128), (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7)];

/// All that is public so far; what holds an IPv4 address (mapped, compatible, NAT64) lies outside.
const UNICAST_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const NEVER_V6: [(Ipv6Addr, u32); 6] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // Protocols' own, Teredo among them.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // Documentation, with the one below.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4: an IPv4 address inside.
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128), // Clouds' metadata, both.
    (Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254), 128),
];

fn reach_v6(address: Ipv6Addr) -> Reach {
    let within = |(net, bits): &(Ipv6Addr, u32)| (address.to_bits() ^ net.to_bits()) >> (128 - bits) == 0;
    match () {
        () if NEVER_V6.iter().any(within) => Reach::Never,
        () if PRIVATE_V6.iter().any(within) => Reach::Private,
        () if within(&UNICAST_V6) => Reach::Public,
        () => Reach::Never,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let table = [
            (
                Reach::Public,
                "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1",
            ),
            (Reach::Public, "192.0.1.0 192.167.0.1 198.17.0.1 198.20.0.1 223.255.255.255 168.63.129.17"),
            (Reach::Private, "10.0.0.0 10.255.255.255 127.0.0.1 127.8.8.8 172.16.0.1 172.31.255.255"),
            (Reach::Private, "192.168.0.0 192.168.255.255 100.64.0.0 100.127.255.255"),
            (Reach::Never, "0.0.0.0 0.1.2.3 169.254.169.254 169.254.0.1 100.100.100.200 168.63.129.16"),
            (Reach::Never, "192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.7"),
            (Reach::Never, "203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255"),
            (Reach::Public, "2000:: 2606:4700::1111 2a00:1450:4001::1 2001:200::1 2001:4860:4860::8888"),
            (Reach::Private, "::1 fc00::1 fd00::1 fdff:ffff::1"),
            (Reach::Never, ":: ::2 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8"),
            (Reach::Never, "64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1::"),
            (Reach::Never, "2001:db8::1 2001:1ff::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 4000::1"),
            (Reach::Never, "fe80::1 febf::1 fec0::1 ff02::1 ff0e::1 fd00:ec2::254 fd20:ce::254"),
        ];
        for (expected, addresses) in table {
            for address in addresses.split(' ') {
                assert_eq!(reach(address.parse().unwrap()), expected, "{address}");
            }
        }
    }
}
