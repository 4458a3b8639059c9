import type { AddressTemplate } from "../playbook-source.ts";
import type { Resolving } from "./resolving.ts";

/**
 * The address of a request. A value stands percent-encoded inside the part that its author gave
 * it, and can change neither the host nor how many parts there are: what a server might decode
 * into another address (`/`, `..`, `%2f`) is refused, not encoded.
 */
export function resolveAddress(
	address: AddressTemplate,
	base: string,
	resolving: Resolving,
): string {
	const path = address.segments.map((segment) => {
		const text = segment.parts
			.map((part) =>
				part.kind === "text"
					? part.text
					: encoded(resolving.piece(part.expression, "address") ?? "x"),
			)
			.join("");
		if (text === "." || text === "..") {
			const [first] = segment.expressions;
			resolving.fault(
				first ? resolving.pathOf(first) : "",
				`makes "${text}" of a part of the address`,
			);
		}
		return text;
	});
	const query = address.query
		.filter(({ when }) => resolving.holds(when))
		.map(({ name, value }) => {
			const text = value.parts
				.map((part) =>
					part.kind === "text"
						? encoded(part.text)
						: encoded(resolving.piece(part.expression, "attached") ?? ""),
				)
				.join("");
			return `${encoded(name)}=${text}`;
		});
	const slash = path.length === 0 ? "" : "/";
	const mark = query.length === 0 ? "" : "?";
	return `${base.replace(/\/$/, "")}${slash}${path.join("/")}${mark}${query.join("&")}`;
}

/** RFC 3986's unreserved characters as they are, everything else as percent and two digits. */
export function encoded(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
