import type { PlaybookAction } from "../../../src-shared/contract/index.ts";

type Plan = NonNullable<PlaybookAction["rollbackPlan"]>;

/** What a dry run found out, for a person who is about to say yes. */
export function describeDryRun(action: PlaybookAction): string {
	const { risk, steps } = action;
	const downtime =
		risk.downtimeSeconds > 0 ? `, up to ${risk.downtimeSeconds} s down` : "";
	const lines = [
		`#${action.number} dry run of ${action.playbookName} for incident ${action.incidentNumber}`,
		"",
		...stepLines(steps),
		"",
		...action.changes.map((change) => `* ${change}`),
		"",
		`risk      ${risk.level}${downtime}; ${risk.affectedSystems.join(", ") || "-"}; ${risk.isReversible ? "can be taken back" : "cannot be taken back"}`,
		`estimate  ${action.estimatedDurationSeconds} s, $${action.estimatedCostUsd}`,
		`approval  ${approvalWords(action)}`,
	];
	return printable(lines);
}

/** What a rollback would run. */
export function describeRollback(
	execution: PlaybookAction,
	plan: Plan,
): string {
	return printable([
		`Rollback of #${execution.number}, ${execution.playbookName}`,
		"",
		...stepLines(plan.steps),
	]);
}

function stepLines(
	steps: readonly (Plan["steps"][number] & {
		readonly fault?: string | null;
	})[],
): string[] {
	return steps.flatMap(({ title, command, fault }, index) => [
		`${index + 1}. ${title}`,
		`   ${command}`,
		...(fault ? [`   ! ${fault}`] : []),
	]);
}

function approvalWords(action: PlaybookAction): string {
	if (!action.requiresApproval) return "not needed";
	if (action.approval !== null) {
		return `by ${action.approval.approverName}`;
	}
	return action.approvalFault ?? "needed; you may give it";
}

/** Control characters could write over what was shown before. */
function printable(lines: readonly string[]): string {
	return lines.map((line) => line.replace(/\p{Cc}/gu, " ")).join("\n");
}
