import { TextTemplate } from "../expressions/text-template.ts";
import type { Field } from "../file/field.ts";
import { type LineFault, YamlText } from "../file/yaml-text.ts";
import { ParameterSchema } from "../parameters/parameter-schema.ts";
import type {
	ChangeTemplate,
	Figure,
	PlaybookSource,
} from "../playbook-source.ts";
import { type Known, readExpression, readTemplate } from "./read-expression.ts";
import { StepReader } from "./read-steps.ts";

const keys = [
	"id",
	"name",
	"description",
	"kind",
	"checklist",
	"parameters",
	"risk",
	"approval",
	"estimate",
	"idempotent",
	"offline_safe",
	"allowed_hosts",
	"changes",
	"outcome",
	"steps",
	"verification",
	"rollback",
	"rollback_verification",
	"suggested_for",
] as const;
/** What only a playbook with steps has. */
const actionKeys = keys.slice(keys.indexOf("parameters"), -1);
const playbookId = /^[a-z][a-z0-9_]{0,63}$/;
const week = 604_800;

/** Reads the text of a playbook file: the playbook, or everything that is wrong with it. */
export function readPlaybook(
	text: string,
):
	| { readonly source: PlaybookSource }
	| { readonly faults: readonly LineFault[] } {
	const yaml = new YamlText(text);
	const source = yaml.root === null ? undefined : read(yaml.root);
	return source === undefined || yaml.faults.length > 0
		? { faults: yaml.faults }
		: { source };
}

function read(root: Field): PlaybookSource | undefined {
	const members = root.members(keys);
	if (members === undefined) return undefined;
	const needed = (name: (typeof keys)[number]): Field | undefined =>
		members.get(name) ?? root.fault(`"${name}" is missing.`);
	const id = needed("id")?.text(64);
	if (id !== undefined && !playbookId.test(id)) {
		members.get("id")?.fault("has a-z, 0-9 and _ only, and a letter first.");
	}
	const name = needed("name")?.text(200);
	const description = needed("description")?.text(4_000);
	const kind = members.get("kind")?.choice(["action", "checklist"]) ?? "action";
	const checklist = readTexts(members.get("checklist"));
	if (kind === "checklist") {
		if (checklist.length === 0) root.fault("a checklist needs its checklist.");
		for (const key of actionKeys) {
			members.get(key)?.fault("has no place in a checklist.");
		}
	} else needed("steps");
	const parameters = ParameterSchema.read(members.get("parameters"));
	if (parameters === undefined) return undefined;
	const known: Known = {
		parameters: parameters.names,
		captured: new Set(),
		steps: new Set(),
	};
	const reader = new StepReader({
		parameters: parameters.names,
		secrets: parameters.secrets,
		allowedHosts: readTexts(members.get("allowed_hosts")),
	});
	reader.read(members.get("steps"), "step");
	reader.read(members.get("verification"), "verification");
	reader.read(members.get("rollback"), "rollback");
	reader.read(members.get("rollback_verification"), "rollback_verification");
	if (members.has("rollback_verification") && !members.has("rollback")) {
		members.get("rollback_verification")?.fault("there is no rollback.");
	}
	const approval = members.get("approval");
	const figures = members
		.get("estimate")
		?.members(["duration_seconds", "cost_usd"]);
	const rest = {
		risk: readRisk(kind === "action" ? needed("risk") : undefined),
		approval: readExpression(approval, ["params"], known, "bool") ?? null,
		estimate: {
			duration: readFigure(figures?.get("duration_seconds"), known, week),
			cost: readFigure(figures?.get("cost_usd"), known, 1e6),
		},
		isIdempotent: members.get("idempotent")?.flag() ?? false,
		isOfflineSafe: members.get("offline_safe")?.flag() ?? false,
		changes: readChanges(members.get("changes"), known),
		outcome: readOutcome(members.get("outcome"), known, name ?? ""),
		suggestedFor: readSuggestedFor(members.get("suggested_for")),
	};
	if (id === undefined || name === undefined || description === undefined) {
		return undefined;
	}
	const steps = reader.steps;
	return { id, name, description, kind, checklist, parameters, steps, ...rest };
}

function readTexts(field: Field | undefined): string[] {
	return (field?.items() ?? []).flatMap((item) => item.text(2_000) ?? []);
}

function readRisk(field: Field | undefined): PlaybookSource["risk"] {
	const members = field?.members([
		"level",
		"affected_systems",
		"downtime_seconds",
	]);
	const level = members?.has("level")
		? members.get("level")?.choice(["low", "medium", "high"])
		: field?.fault('"level" is missing: low, medium or high.');
	return {
		level: level ?? "low",
		affectedSystems: readTexts(members?.get("affected_systems")),
		downtimeSeconds: members?.get("downtime_seconds")?.number(0, week) ?? 0,
	};
}

/** A number, or `{typical: 600, value: 300 * size(params.models)}`. */
function readFigure(
	field: Field | undefined,
	known: Known,
	most: number,
): Figure {
	if (field === undefined) return { typical: 0, value: null };
	if (!field.isMap) return { typical: field.number(0, most) ?? 0, value: null };
	const members = field.members(["typical", "value"]);
	const typical = members?.has("typical")
		? members.get("typical")?.number(0, most)
		: field.fault('"typical" is missing.');
	const value = readExpression(members?.get("value"), ["params"], known);
	return { typical: typical ?? 0, value: value ?? null };
}

function readChanges(field: Field | undefined, known: Known): ChangeTemplate[] {
	return (field?.items() ?? []).flatMap((item) => {
		const members = item.isMap
			? item.members(["text", "when", "each"])
			: undefined;
		const each = readExpression(
			members?.get("each"),
			["params"],
			known,
			"list",
		);
		const when = readExpression(
			members?.get("when"),
			["params"],
			known,
			"bool",
		);
		const place = item.isMap ? members?.get("text") : item;
		if (place === undefined) {
			item.fault("needs a text.");
			return [];
		}
		const text = readTemplate(
			place,
			members?.has("each") ? ["params", "item"] : ["params"],
			known,
		);
		return text === undefined
			? []
			: [{ text, when: when ?? null, each: each ?? null }];
	});
}

function readOutcome(
	field: Field | undefined,
	known: Known,
	name: string,
): PlaybookSource["outcome"] {
	const members = field?.members(["success", "rolled_back"]);
	return {
		success:
			readTemplate(members?.get("success"), ["params"], known) ??
			new TextTemplate(`${name.replaceAll("{{", "{ {")} succeeded`, []),
		rolledBack:
			readTemplate(members?.get("rolled_back"), ["params"], known) ?? null,
	};
}

function readSuggestedFor(
	field: Field | undefined,
): PlaybookSource["suggestedFor"] {
	const members = field?.members(["kinds", "keys"]);
	return {
		kinds: readTexts(members?.get("kinds")),
		keys: readTexts(members?.get("keys")),
	};
}
