import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type { TextTemplate } from "./expressions/text-template.ts";
import type { PlaybookSource } from "./playbook-source.ts";

/** A playbook as people see it before any parameter is filled in. */
export function describePlaybook(
	source: PlaybookSource,
	origin: Playbook["origin"],
): Playbook {
	const { steps, risk, estimate } = source;
	const hasRollback = steps.some(({ phase }) => phase === "rollback");
	return {
		id: source.id,
		name: source.name,
		description: source.description,
		origin,
		kind: source.kind,
		checklist: [...source.checklist],
		parameters: { ...source.parameters.schema },
		risk: {
			level: risk.level,
			affectedSystems: [...risk.affectedSystems],
			downtimeSeconds: risk.downtimeSeconds,
			isReversible: hasRollback,
		},
		approvalRule: source.approval?.text ?? null,
		isIdempotent: source.isIdempotent,
		isOfflineSafe: source.isOfflineSafe,
		hasRollback,
		steps: steps
			.filter(({ phase }) => !phase.startsWith("rollback"))
			.map(({ id, kind, title }) => ({ id, kind, title: titleOf(title) })),
		estimate: {
			durationSeconds: estimate.duration.typical,
			costUsd: estimate.cost.typical,
			runs: 0,
		},
	};
}

/** A title without values: `Clear the caches of <index_name>`. */
function titleOf({ parts }: TextTemplate): string {
	return parts
		.map((part) => {
			if (part.kind === "text") return part.text;
			const [, name] = /^params\.(\w+)$/.exec(part.expression.text) ?? [];
			return name === undefined ? "…" : `<${name}>`;
		})
		.join("");
}
