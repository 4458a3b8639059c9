import type { Playbook } from "../../../../src-shared/contract/index.ts";

const longestName = 100;

/** A checklist for a suggestion that the catalogue knows nothing of. */
export function genericChecklist(suggestion: string): Playbook {
	const words = suggestion
		.replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
		.replaceAll(/[_-]+/g, " ")
		.trim()
		.slice(0, longestName)
		.toWellFormed();
	const name =
		words === ""
			? "Suggested step"
			: words.charAt(0).toUpperCase() + words.slice(1);
	return {
		id: suggestion,
		name,
		description:
			"Suggested by the source of the incident. No playbook of this name is installed here, so a person does it.",
		origin: "built_in",
		kind: "checklist",
		checklist: [
			`Ask whoever runs the source of this incident what "${name}" means there, and look for its runbook.`,
			"Write down the state before you change anything: versions, settings, counts.",
			"Do one change at a time, and note each in the timeline.",
			"Look whether the signal that opened the incident goes back, and for how long it stays.",
			"When it was worth doing, write it as a playbook, so that the next person can dry-run it.",
		],
		parameters: {
			type: "object",
			properties: {},
			additionalProperties: false,
		},
		risk: {
			level: "low",
			affectedSystems: [],
			downtimeSeconds: 0,
			isReversible: false,
		},
		approvalRule: null,
		isIdempotent: false,
		isOfflineSafe: true,
		hasRollback: false,
		steps: [],
		estimate: { durationSeconds: 0, costUsd: 0, runs: 0 },
	};
}
