/**
 * The readable part of an address: `Acme Corporation` -> `acme-corporation`, `Zoë & Söhne` ->
 * `zoe-sohne`, `数据` -> `fallback`.
 */
export function slugOf(name: string, fallback: string): string {
	const slug = name
		.normalize("NFKD")
		.replaceAll(/\p{Mark}/gu, "")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-")
		.slice(0, 60)
		.replaceAll(/^-+|-+$/g, "");
	return slug === "" ? fallback : slug;
}

/** `slug`, or the first of `slug-2`, `slug-3`, ... that is not taken. */
export function freeSlug(
	slug: string,
	isTaken: (candidate: string) => boolean,
): string {
	let candidate = slug;
	for (let number = 2; isTaken(candidate); number++) {
		candidate = `${slug}-${number}`;
	}
	return candidate;
}
