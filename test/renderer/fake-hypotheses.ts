import type { Hypothesis } from "../../src-shared/contract/index.ts";

/** A hypothesis of incident i1 from what a test cares about. */
export function hypothesis(
	draft: Partial<Hypothesis> & { readonly id: string },
): Hypothesis {
	return {
		incidentId: "i1",
		rank: 1,
		kind: "deployment",
		claim: "Deployment of fraud-api 2.3.1 broke it",
		description: "It was deployed 6 minutes before.",
		confidence: { score: 0.63, lower: 0.31, upper: 0.87 },
		components: { timing: 1.4 },
		supporting: [
			{
				text: "fraud-api 2.3.1 went live 6 min before",
				record: { kind: "alert", id: "al1" },
				weight: 1.4,
				at: Date.now() - 3_600_000,
			},
		],
		contradicting: [],
		feedback: [],
		createdAt: Date.now() - 60_000,
		...draft,
	};
}
