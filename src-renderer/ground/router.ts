import { useSyncExternalStore } from "react";

/**
 * Where the window is, kept in the address after `#` so that it works from any scheme:
 *
 * | address                          | path                 | query        |
 * |----------------------------------|----------------------|--------------|
 * | `#/triage?q=fraud`               | ["triage"]           | q=fraud      |
 * | `#/incident/0198c…?q=fraud`      | ["incident","0198c…"]| q=fraud      |
 * | `#/drift/fraud%2Fv2?drift=0198c…`| ["drift","fraud/v2"] | drift=0198c… |
 */
export interface Place {
	/** Decoded segments; never empty. */
	readonly path: readonly string[];
	readonly query: URLSearchParams;
}

let lastHash: string | null = null;
let lastPlace: Place = { path: ["triage"], query: new URLSearchParams() };

/** Reads an address such as `#/drift/m1?drift=…`. An empty or broken one is the triage. */
export function parsePlace(hash: string): Place {
	const [pathText = "", queryText = ""] = splitOnce(
		hash.replace(/^#\/?/, ""),
		"?",
	);
	const path = pathText.split("/").filter((segment) => segment !== "");
	return {
		path: path.length === 0 ? ["triage"] : path.map(decodeSegment),
		query: new URLSearchParams(queryText),
	};
}

/** The address of a place; `query` may leave out what is empty. */
export function placeHash(
	path: readonly string[],
	query: URLSearchParams | Readonly<Record<string, string>> = {},
): string {
	const search = new URLSearchParams(query).toString();
	const segments = path.map((segment) => encodeURIComponent(segment)).join("/");
	return `#/${segments}${search === "" ? "" : `?${search}`}`;
}

/** Goes to a place; with `replace` the browser's back button does not return here. */
export function navigate(
	path: readonly string[],
	query: URLSearchParams | Readonly<Record<string, string>> = {},
	options: { readonly replace?: boolean } = {},
): void {
	const hash = placeHash(path, query);
	if (hash === location.hash) return;
	if (options.replace === true) {
		history.replaceState(null, "", hash);
		window.dispatchEvent(new HashChangeEvent("hashchange"));
	} else {
		location.hash = hash;
	}
}

export function currentPlace(): Place {
	if (location.hash !== lastHash) {
		lastHash = location.hash;
		lastPlace = parsePlace(lastHash);
	}
	return lastPlace;
}

function subscribe(listener: () => void): () => void {
	window.addEventListener("hashchange", listener);
	return () => window.removeEventListener("hashchange", listener);
}

/** The window's place; the same object until the address changes. */
export function usePlace(): Place {
	return useSyncExternalStore(subscribe, currentPlace);
}

function splitOnce(text: string, separator: string): string[] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
