import { hostname, networkInterfaces } from "node:os";

const loopbackHosts = ["127.0.0.1", "[::1]", "localhost"];

/** The names a listener answers to, compared letter by letter. */
export interface AllowedHosts {
	/** Values of the Host header. */
	readonly hosts: ReadonlySet<string>;
	/** Values of the Origin header: pages that this very listener served. */
	readonly origins: ReadonlySet<string>;
}

/** Those of a listener bound to `host` (as configured) and `port` (as bound). */
export function allowedHosts(host: string, port: number): AllowedHosts {
	const names = new Set(loopbackHosts);
	if (!isLoopback(host)) for (const name of ownNames()) names.add(name);
	if (!isAnyAddress(host)) names.add(inAddress(host));
	const hosts = new Set([...names].map((name) => `${name}:${port}`));
	// Clients leave out HTTP's own port.
	if (port === 80) for (const name of names) hosts.add(name);
	return {
		hosts,
		origins: new Set([...hosts].map((name) => `http://${name}`)),
	};
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
	return (
		host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)
	);
}

/** The address as it stands in a URL: `::1` -> `[::1]`. */
export function inAddress(host: string): string {
	return host.includes(":") ? `[${host}]` : host;
}

function isAnyAddress(host: string): boolean {
	return host === "0.0.0.0" || host === "::";
}

function ownNames(): string[] {
	const addresses = Object.values(networkInterfaces()).flatMap(
		(entries) => entries?.map((entry) => inAddress(entry.address)) ?? [],
	);
	return [...addresses, hostname().toLowerCase()];
}
