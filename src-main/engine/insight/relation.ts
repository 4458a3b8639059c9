import type { CaseFile } from "./case-file.ts";

/** How something is connected with an incident: log-odds, and words for people. */
export interface Relation {
	readonly hops: number;
	readonly weight: number;
	readonly words: string;
	/** It is the incident's model rather than its service. */
	readonly isModel: boolean;
}

const farthest = 3;
const weights = [1.6, 1.3, 1, 0.7] as const;
const named = 0.6;

/** How a service or a model is connected with the incident; null when it is not. */
export function relationTo(
	file: CaseFile,
	to: { service: string | null; modelId: string | null },
): Relation | null {
	const { incident } = file;
	if (to.modelId !== null && to.modelId === incident.modelId) {
		return relation(0, `the incident's model ${to.modelId}`, true);
	}
	if (to.service === null) return null;
	if (incident.service === null) {
		return mentions(incident.words, to.service)
			? {
					hops: 0,
					weight: named,
					words: `${to.service}, which the incident names`,
					isModel: false,
				}
			: null;
	}
	const hops = hopsTo(file.dependencies, incident.service, to.service);
	if (hops === null) return null;
	return relation(
		hops,
		hops === 0
			? `the incident's service ${to.service}`
			: `${to.service}, which ${incident.service} depends on`,
		false,
	);
}

function relation(hops: number, words: string, isModel: boolean): Relation {
	return { hops, weight: weights[hops] ?? 0, words, isModel };
}

/** The fewest calls from one service to another; null when there is no way of at most three. */
function hopsTo(
	dependencies: CaseFile["dependencies"],
	from: string,
	to: string,
): number | null {
	const seen = new Set<string>();
	let reached = [from];
	for (let hops = 0; hops <= farthest; hops++) {
		if (reached.includes(to)) return hops;
		for (const service of reached) seen.add(service);
		reached = reached
			.flatMap((service) => dependencies.get(service) ?? [])
			.filter((service) => !seen.has(service));
	}
	return null;
}

/** Whether a text holds a name as a word of its own, whatever its case. */
function mentions(text: string, name: string): boolean {
	const words = ` ${wordsOf(text)} `;
	const wanted = wordsOf(name);
	return wanted !== "" && words.includes(` ${wanted} `);
}

function wordsOf(text: string): string {
	return text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== "")
		.join(" ");
}
