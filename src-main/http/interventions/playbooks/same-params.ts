import { isDeepStrictEqual } from "node:util";
import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type {
	Parameters,
	PlaybookCatalogue,
} from "../../../engine/playbooks/index.ts";

/**
 * Whether an action that was stored with these parameters is of the parameters that a
 * request gives: what it leaves out had its default. A secret parameter is not stored, so
 * that nothing can be told of it: `secrets` says whether it counts as the same.
 */
export function hasSameParams(
	playbook: Pick<Playbook, "parameters">,
	stored: Readonly<Record<string, unknown>>,
	given: Readonly<Record<string, unknown>>,
	secrets: "same" | "other",
): boolean {
	const properties = membersOf(playbook.parameters.properties);
	const names = new Set([...Object.keys(stored), ...Object.keys(given)]);
	return [...names].every((name) => {
		const property = membersOf(properties[name]);
		if (property.writeOnly === true) return secrets === "same";
		const wanted = Object.hasOwn(given, name) ? given[name] : property.default;
		return isDeepStrictEqual(wanted, stored[name]);
	});
}

/**
 * Whether an action needs an approval when every optional parameter has its default. Where
 * the rule asks for a parameter that has none, nobody can say yet, and it may.
 */
export function needsApprovalByDefault(
	{ approvalRule, parameters }: Pick<Playbook, "approvalRule" | "parameters">,
	catalogue: Pick<PlaybookCatalogue, "holds">,
): boolean {
	if (approvalRule === null) return false;
	const defaults = Object.entries(membersOf(parameters.properties)).flatMap(
		([name, property]) => {
			const { default: value } = membersOf(property);
			return value === undefined ? [] : [[name, value]];
		},
	);
	const params = Object.fromEntries(defaults) as Parameters;
	try {
		return catalogue.holds(approvalRule, { params, captured: {}, steps: {} });
	} catch {
		return true;
	}
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
