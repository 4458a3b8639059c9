import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { addressFault, plainAddress } from "./address-rules.ts";
import { OutboundError } from "./outbound-error.ts";
import { hostOf, isAllowedHost, portOf } from "./target-url.ts";

export interface ResolvedAddress {
	readonly address: string;
	readonly family: 4 | 6;
}

/** What is known of the network. */
export interface ResolverPorts {
	/** Every address of a name. Rejects when it has none. */
	resolve(name: string): Promise<readonly string[]>;
	/** The addresses of this machine beside the loopback ones. */
	localAddresses(): readonly string[];
	/** Ports on which this engine itself answers. */
	ownPorts(): readonly number[];
}

/** The operating system's own resolver, hosts file included. */
export async function resolveWithSystem(name: string): Promise<string[]> {
	const found = await lookup(name, { all: true, order: "verbatim" });
	return found.map(({ address }) => address);
}

/** Asks once for a name that several requests want at the same time: the system looks few up at once. */
export function sharingLookups(
	resolve: ResolverPorts["resolve"],
): ResolverPorts["resolve"] {
	const pending = new Map<string, Promise<readonly string[]>>();
	return (name) => {
		const known = pending.get(name);
		if (known !== undefined) return known;
		const lookup = resolve(name).finally(() => pending.delete(name));
		pending.set(name, lookup);
		return lookup;
	};
}

export function systemAddresses(): string[] {
	return Object.values(networkInterfaces()).flatMap((addresses) =>
		(addresses ?? []).map(({ address }) => address),
	);
}

/**
 * Looks the host of `url` up, once, and answers every address it may be called at. Throws
 * REFUSED_ADDRESS when one of them is not allowed, even where others are: a name that
 * answers with both is not to be trusted.
 */
export async function resolveTarget(
	url: URL,
	rules: {
		readonly allowPrivate: boolean;
		readonly allowedHosts?: readonly string[] | undefined;
	},
	network: ResolverPorts,
): Promise<readonly ResolvedAddress[]> {
	const host = hostOf(url);
	if (rules.allowedHosts && !isAllowedHost(url, rules.allowedHosts)) {
		throw refused(
			`${url.host} is not among the hosts that may be called here; add it to the list.`,
		);
	}
	const addresses = isIP(host) === 0 ? await resolve(host, network) : [host];
	const isOwnPort = network.ownPorts().includes(portOf(url));
	const own = isOwnPort ? network.localAddresses() : [];
	return addresses.map((address) => {
		const fault = addressFault(address);
		const at = host === address ? address : `${host} (${address})`;
		if (
			isOwnPort &&
			(fault?.what === "this machine" || own.includes(plainAddress(address)))
		) {
			throw refused(`${at} is Tocsin itself; name another receiver.`);
		}
		if (fault?.kind === "never") {
			throw refused(`${at} is ${fault.what}, which is never called.`);
		}
		if (fault?.kind === "private" && !rules.allowPrivate) {
			throw refused(
				`${at} is ${fault.what}; allow private addresses if that is what you mean.`,
			);
		}
		return { address, family: isIP(address) === 6 ? 6 : 4 };
	});
}

async function resolve(
	host: string,
	network: ResolverPorts,
): Promise<readonly string[]> {
	let addresses: readonly string[];
	try {
		addresses = await network.resolve(host);
	} catch (error) {
		throw new OutboundError(
			"DNS",
			`${host} has no address now; check the name and the connection to the network.`,
			{ cause: error },
		);
	}
	if (addresses.length > 0) return addresses;
	throw new OutboundError("DNS", `${host} has no address; check the name.`);
}

function refused(message: string): OutboundError {
	return new OutboundError("REFUSED_ADDRESS", message);
}
