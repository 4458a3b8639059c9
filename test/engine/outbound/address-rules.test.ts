// No address that leads into this machine, its networks or a cloud's metadata service is
// taken for a public one, however it is written; and no public one is refused.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	addressFault,
	plainAddress,
} from "../../../src-main/engine/outbound/address-rules.ts";

describe("addresses that only a setting opens", () => {
	test.each([
		"127.0.0.1",
		"127.255.255.254",
		"::1",
		"0:0:0:0:0:0:0:1",
		"::ffff:127.0.0.1",
		"::ffff:7f00:1",
		"0:0:0:0:0:ffff:7f00:0001",
		"64:ff9b::7f00:1",
		"64:ff9b::10.0.0.1",
		"10.0.0.1",
		"10.255.255.255",
		"172.16.0.1",
		"172.31.255.255",
		"192.168.1.1",
		"::ffff:192.168.1.1",
		"100.64.0.1",
		"100.127.255.255",
		"169.254.1.1",
		"fe80::1",
		"fe80::1%eth0",
		"fc00::1",
		"fdff::1",
		"fec0::1",
	])("%s is private", (address) => {
		expect(addressFault(address)?.kind).toBe("private");
	});
});

describe("addresses that nothing opens", () => {
	test.each([
		"169.254.169.254",
		"::ffff:169.254.169.254",
		"::ffff:a9fe:a9fe",
		"64:ff9b::a9fe:a9fe",
		"169.254.170.2",
		"100.100.100.200",
		"168.63.129.16",
		"192.0.0.192",
		"fd00:ec2::254",
		"fd00:0ec2:0:0:0:0:0:0254",
		"0.0.0.0",
		"0.1.2.3",
		"::",
		"::ffff:0.0.0.0",
		"255.255.255.255",
		"224.0.0.1",
		"239.255.255.255",
		"240.0.0.1",
		"192.0.2.1",
		"198.51.100.1",
		"203.0.113.1",
		"198.18.0.1",
		"192.88.99.1",
		"ff02::1",
		"2001:db8::1",
		"3fff::1",
		"2001::1",
		"2001:0:53aa:64c::1",
		"2001:2::1",
		"2001:20::1",
		"2002:7f00:1::",
		"2002:a9fe:a9fe::1",
		"64:ff9b:1::7f00:1",
		"::7f00:1",
		"::ffff:0:7f00:1",
		"100::1",
		"5f00::1",
		"4000::1",
		"localhost",
		"",
		"1.2.3",
	])("%s is never called", (address) => {
		expect(addressFault(address)?.kind).toBe("never");
	});
});

test.each([
	"1.1.1.1",
	"9.255.255.255",
	"11.0.0.0",
	"172.15.255.255",
	"172.32.0.0",
	"100.63.255.255",
	"100.128.0.0",
	"126.255.255.255",
	"128.0.0.0",
	"223.255.255.255",
	"::ffff:1.1.1.1",
	"64:ff9b::1.1.1.1",
	"2606:4700::1111",
	"2001:4860:4860::8888",
	"2003::1",
])("%s is public", (address) => {
	expect(addressFault(address)).toBeNull();
});

test("wrapping an IPv4 address in IPv6 never changes what is said of it", () => {
	fc.assert(
		fc.property(fc.ipV4(), (address) => {
			const plain = addressFault(address);
			expect(addressFault(`::ffff:${address}`)).toEqual(plain);
			expect(addressFault(`64:ff9b::${address}`)).toEqual(plain);
		}),
		{ numRuns: 500 },
	);
});

/** Each IPv4 range that is not public, as a plain comparison of numbers. */
const ranges = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["168.63.129.16", 32],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const;

test("every IPv4 address is judged as the ranges say, up to their edges", () => {
	const edges = ranges.flatMap(([network, prefix]) => {
		const first = numberOf(network);
		const last = first + 2 ** (32 - prefix) - 1;
		return [first - 1, first, last, last + 1].filter(
			(value) => value >= 0 && value < 2 ** 32,
		);
	});
	const anyNumber = fc.integer({ min: 0, max: 2 ** 32 - 1 });
	fc.assert(
		fc.property(fc.oneof(fc.constantFrom(...edges), anyNumber), (value) => {
			const isSpecial = ranges.some(([network, prefix]) => {
				const offset = value - numberOf(network);
				return offset >= 0 && offset < 2 ** (32 - prefix);
			});
			expect(addressFault(dotted(value)) !== null).toBe(isSpecial);
		}),
		{ numRuns: 2_000 },
	);
});

function numberOf(address: string): number {
	return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function dotted(value: number): string {
	return [24, 16, 8, 0]
		.map((shift) => Math.floor(value / 2 ** shift) % 256)
		.join(".");
}

test.each([
	["fe80::1%eth0", "fe80::1"],
	["::ffff:10.0.0.1%lo", "10.0.0.1"],
	["64:ff9b::a00:1", "10.0.0.1"],
	["2001:db8::1", "2001:db8::1"],
	["10.0.0.1", "10.0.0.1"],
])("%s is plainly %s", (address, plain) => {
	expect(plainAddress(address)).toBe(plain);
});
