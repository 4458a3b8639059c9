import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import type { RecordLink } from "./case-file.ts";

/** What a piece of evidence speaks of; every weight belongs to one. */
export const components = [
	"relation",
	"proximity",
	"strength",
	"precedent",
	"outcome",
	"timing",
	"rival",
	"feedback",
] as const;
export type Component = (typeof components)[number];
export type ComponentWeights = Partial<Readonly<Record<Component, number>>>;

/** A fact for or against a hypothesis, with the stored record that holds it. */
export interface Evidence {
	readonly side: "supporting" | "contradicting";
	/** For people; parts of it may be a stranger's words. */
	readonly text: string;
	readonly record: RecordLink;
	/** When what it tells of happened. */
	readonly at: number;
	/** Log-odds, never negative: `side` is the sign. */
	readonly weights: ComponentWeights;
}

/** A cause that the records allow, before it is weighed. */
export interface Candidate {
	readonly kind: HypothesisKind;
	/** Names the cause among those of its kind. */
	readonly subject: string;
	readonly claim: string;
	readonly description: string;
	readonly evidence: readonly Evidence[];
}
