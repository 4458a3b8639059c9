import type { OpenapiDocument } from "./document.ts";

type Operations = Record<string, { tags?: readonly string[] }>;

/** The document of the operations with one of these tags alone. `title` is its own. */
export function documentPart(
	document: OpenapiDocument,
	part: { readonly title: string; readonly tags: readonly string[] },
): OpenapiDocument {
	const belongs = ({ tags = [] }: { tags?: readonly string[] }) =>
		tags.some((tag) => part.tags.includes(tag));
	const paths = Object.entries(document.paths as Record<string, Operations>)
		.map(([path, operations]) => [
			path,
			Object.fromEntries(
				Object.entries(operations).filter(([, each]) => belongs(each)),
			),
		])
		.filter(([, operations]) => Object.keys(Object(operations)).length > 0);
	return {
		...document,
		info: { ...Object(document.info), title: part.title },
		paths: Object.fromEntries(paths),
		tags: part.tags.map((name) => ({ name })),
	};
}
