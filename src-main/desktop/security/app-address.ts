/** Where the packaged interface lives. A scheme of its own has none of the extra rights of `file:`. */
export const appScheme = "app";
export const appHost = "tocsin";
export const appAddress = `${appScheme}://${appHost}/`;

/** Says whether an address belongs to the interface itself. */
export type IsOwnAddress = (address: string) => boolean;

/**
 * Recognises the interface's own addresses: `app://tocsin/...`, and in development those of
 * the development server too. Compares parsed parts: `URL.origin` of a custom scheme is
 * "null" in Node, and a prefix would accept `app://tocsin.example`.
 */
export function ownAddresses(developmentServer: string | null): IsOwnAddress {
	const development =
		developmentServer === null ? null : new URL(developmentServer).origin;
	return (address) => {
		const url = URL.parse(address);
		if (url === null || url.username !== "" || url.password !== "")
			return false;
		if (url.protocol === `${appScheme}:`) return url.host === appHost;
		return development !== null && url.origin === development;
	};
}
