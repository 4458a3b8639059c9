/** What two incidents are compared by. */
export interface Comparable {
	readonly title: string;
	readonly description: string;
	readonly labels: readonly string[];
	readonly service: string | null;
	readonly modelId: string | null;
}

const mostTerms = 40;
const commonWords = new Set(
	"the a an of on in is are was were to and or for with by from at it its as not no has have had be been this that than after before".split(
		" ",
	),
);

/** The words that say something, lower-cased, each once, in their order. */
export function termsOf(text: string): string[] {
	const words = text
		.slice(0, 4_000)
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 1 && !commonWords.has(word));
	return [...new Set(words)].slice(0, mostTerms);
}

/** 0 to 1: words in common, labels in common, the same service or model. Symmetric. */
export function similarity(one: Comparable, other: Comparable): number {
	const words = inCommon(
		termsOf(`${one.title} ${one.description}`),
		termsOf(`${other.title} ${other.description}`),
	);
	const labels = inCommon(one.labels, other.labels);
	const isSamePlace =
		(one.service !== null && one.service === other.service) ||
		(one.modelId !== null && one.modelId === other.modelId);
	const hasLabels = one.labels.length > 0 && other.labels.length > 0;
	const text = hasLabels ? 0.7 * words + 0.3 * labels : words;
	return 0.75 * text + (isSamePlace ? 0.25 : 0);
}

/** The cosine of two sets. */
function inCommon(one: readonly string[], other: readonly string[]): number {
	if (one.length === 0 || other.length === 0) return 0;
	const held = new Set(other);
	const common = one.filter((word) => held.has(word)).length;
	return common / Math.sqrt(one.length * held.size);
}
