import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/** Why an address may not be called: "private" can be allowed by a setting, "never" cannot. */
export interface AddressFault {
	readonly kind: "private" | "never";
	/** What the address is, to follow "is". */
	readonly what: string;
}

type Range = readonly [network: string, prefix: number];

/**
 * Addresses under which a cloud hands its machines their credentials. No setting opens
 * them: AWS, Azure, Google and others (169.254.169.254), AWS containers and pods, Alibaba,
 * Oracle, Azure's wire server, and their IPv6 forms.
 */
const metadata = blockList([
	["169.254.169.254", 32],
	["169.254.170.2", 32],
	["169.254.170.23", 32],
	["100.100.100.200", 32],
	["192.0.0.192", 32],
	["168.63.129.16", 32],
	["fd00:ec2::254", 128],
	["fd00:ec2::23", 128],
	["fd20:ce::254", 128],
]);

/** IANA special-purpose registries (RFC 6890): where no receiver can be. */
const unusable: readonly (readonly [what: string, ranges: BlockList])[] = [
	[
		"an unspecified address",
		blockList([
			["0.0.0.0", 8],
			["::", 128],
		]),
	],
	["the broadcast address", blockList([["255.255.255.255", 32]])],
	[
		"a multicast address",
		blockList([
			["224.0.0.0", 4],
			["ff00::", 8],
		]),
	],
	[
		"a documentation address",
		blockList([
			["192.0.2.0", 24],
			["198.51.100.0", 24],
			["203.0.113.0", 24],
			["2001:db8::", 32],
			["3fff::", 20],
		]),
	],
	[
		"a reserved address",
		blockList([
			["192.0.0.0", 24],
			["192.88.99.0", 24],
			["198.18.0.0", 15],
			["240.0.0.0", 4],
			// Teredo, ORCHID, benchmarking and the rest of the protocol assignments.
			["2001::", 23],
			["2002::", 16],
			["100::", 64],
			["5f00::", 16],
			// Local-use NAT64: which IPv4 address is meant depends on the network.
			["64:ff9b:1::", 48],
			["::ffff:0:0:0", 96],
			// IPv4-compatible, given up in RFC 4291.
			["::", 96],
		]),
	],
];

const privates: readonly (readonly [what: string, ranges: BlockList])[] = [
	[
		"this machine",
		blockList([
			["127.0.0.0", 8],
			["::1", 128],
		]),
	],
	[
		"a private address",
		blockList([
			["10.0.0.0", 8],
			["172.16.0.0", 12],
			["192.168.0.0", 16],
			["100.64.0.0", 10],
			["fc00::", 7],
			["fec0::", 10],
		]),
	],
	[
		"a link-local address",
		blockList([
			["169.254.0.0", 16],
			["fe80::", 10],
		]),
	],
];

/** The public part of IPv6; all else is special or not given out. */
const globalUnicast = blockList([["2000::", 3]]);
const nat64 = blockList([["64:ff9b::", 96]]);

/**
 * Why `address`, an IPv4 or IPv6 address in any spelling, may not be called, or null for a
 * public one. An IPv4 address inside an IPv6 one (mapped, or behind NAT64) is judged as
 * itself. What is no address at all is refused for good.
 */
export function addressFault(address: string): AddressFault | null {
	const judged = plainAddress(address);
	if (isIP(judged) === 0) return { kind: "never", what: "no address" };
	if (within(metadata, judged)) {
		return { kind: "never", what: "a cloud's metadata service" };
	}
	const known =
		find(privates, judged, "private") ?? find(unusable, judged, "never");
	if (known !== null) return known;
	return isIPv6(judged) && !within(globalUnicast, judged)
		? { kind: "never", what: "a reserved address" }
		: null;
}

/** The address without its zone; the IPv4 address where it is only wrapped in IPv6. */
export function plainAddress(address: string): string {
	const bare = address.replace(/%.*$/, "");
	return embeddedIpv4(bare) ?? bare;
}

/** The IPv4 address that a mapped (::ffff:a.b.c.d) or NAT64 (64:ff9b::a.b.c.d) address means. */
function embeddedIpv4(address: string): string | null {
	if (!isIPv6(address)) return null;
	const isMapped = within(mapped, address);
	if (!isMapped && !within(nat64, address)) return null;
	const groups = lastGroups(address);
	return [
		groups.high >> 8,
		groups.high & 255,
		groups.low >> 8,
		groups.low & 255,
	]
		.map(String)
		.join(".");
}

const mapped = blockList([["::ffff:0:0", 96]]);

/** The last 32 bits; a URL's own parser spells every address in groups of hexadecimal digits. */
function lastGroups(address: string): { high: number; low: number } {
	const spelled = new URL(`http://[${address}]/`).hostname.slice(1, -1);
	const [left = "", right] = spelled.split("::");
	const tail = (right ?? left).split(":").filter((group) => group !== "");
	return {
		high: Number.parseInt(tail.at(-2) ?? "0", 16),
		low: Number.parseInt(tail.at(-1) ?? "0", 16),
	};
}

function find(
	kinds: readonly (readonly [what: string, ranges: BlockList])[],
	address: string,
	kind: AddressFault["kind"],
): AddressFault | null {
	const hit = kinds.find(([, ranges]) => within(ranges, address));
	return hit === undefined ? null : { kind, what: hit[0] };
}

function within(ranges: BlockList, address: string): boolean {
	return ranges.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

function blockList(ranges: readonly Range[]): BlockList {
	const list = new BlockList();
	for (const [network, prefix] of ranges) {
		list.addSubnet(network, prefix, isIPv4(network) ? "ipv4" : "ipv6");
	}
	return list;
}
