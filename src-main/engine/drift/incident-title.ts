import type { DriftEvidence } from "../../../src-shared/contract/index.ts";

/** The title of an incident that this evidence opens, cut to what a title may hold. */
export function incidentTitle(evidence: DriftEvidence): string {
	const drifted = evidence.columns
		.filter(
			({ role, verdict }) =>
				role === "feature" && (verdict === "warn" || verdict === "critical"),
		)
		.sort((a, b) => b.psi.value - a.psi.value);
	const cause = drifted[0] === undefined ? "" : `, led by ${drifted[0].column}`;
	const title = `Score drift in ${evidence.modelId}${cause}`;
	return [...title].length <= 200
		? title
		: `${[...title].slice(0, 199).join("")}…`;
}
