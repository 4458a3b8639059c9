import { hasTemplate } from "../expressions/text-template.ts";
import type { Field } from "../file/field.ts";
import type { ArgumentTemplate } from "../playbook-source.ts";
import { type Known, readExpression } from "./read-expression.ts";

const forms =
	"a text, {value: ...}, {each: ...}, {option: --name, value: ... or values: ...} or {when: ..., then: [...]}";
const optionName = /^--?[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** The arguments of a command. */
export function readArguments(
	field: Field | undefined,
	known: Known,
	secrets: readonly string[],
): ArgumentTemplate[] {
	return (field?.items() ?? []).flatMap(
		(item) => readArgument(item, known, secrets) ?? [],
	);
}

function readArgument(
	field: Field,
	known: Known,
	secrets: readonly string[],
): ArgumentTemplate | undefined {
	if (!field.isMap) return readLiteral(field);
	const keys = [...(field.members("any")?.keys() ?? [])];
	const expression = (part: Field | undefined, want: "any" | "list") => {
		const read = readExpression(part, ["params"], known, want);
		const secret = secrets.find((name) => read?.parameters.has(name));
		if (secret !== undefined) {
			part?.fault(
				`the secret ${secret} may not be an argument: every user of the machine can see a running program's arguments.`,
			);
		}
		return read;
	};
	if (keys.includes("when")) return readWhen(field, known, secrets);
	if (keys.includes("option")) return readOption(field, expression);
	if (keys.includes("each")) {
		const values = expression(field.members(["each"])?.get("each"), "list");
		return values === undefined ? undefined : { kind: "each", values };
	}
	if (keys.includes("value")) {
		const value = expression(field.members(["value"])?.get("value"), "any");
		return value === undefined ? undefined : { kind: "value", value };
	}
	field.members(["value", "each", "option", "when"]);
	return field.fault(`an argument is ${forms}.`);
}

function readLiteral(field: Field): ArgumentTemplate | undefined {
	if (!field.isText) {
		field.text();
		return undefined;
	}
	const text = field.text();
	if (text === undefined) return undefined;
	if (hasTemplate(text)) {
		return field.fault(
			`a text argument is taken as it is; for a value write {value: ${/\{\{(.*?)\}\}/.exec(text)?.[1]?.trim() ?? "params.name"}}.`,
		);
	}
	return { kind: "literal", text };
}

function readOption(
	field: Field,
	expression: (
		part: Field | undefined,
		want: "any" | "list",
	) => ReturnType<typeof readExpression>,
): ArgumentTemplate | undefined {
	const members = field.members(["option", "value", "values", "attached"]);
	const option = members?.get("option")?.text(200);
	if (members === undefined || option === undefined) return undefined;
	if (!optionName.test(option)) {
		members.get("option")?.fault(`"${option}" must look like --name or -n.`);
	}
	const isList = members.has("values");
	if (isList === members.has("value")) {
		return field.fault("an option needs either value or values.");
	}
	const isAttached = members.get("attached")?.flag() ?? false;
	if (isAttached && !option.startsWith("--")) {
		members.get("attached")?.fault("only a --long option can be attached.");
	}
	const value = isList
		? expression(members.get("values"), "list")
		: expression(members.get("value"), "any");
	return value === undefined
		? undefined
		: { kind: "option", option, value, isList, isAttached };
}

function readWhen(
	field: Field,
	known: Known,
	secrets: readonly string[],
): ArgumentTemplate | undefined {
	const members = field.members(["when", "then", "else"]);
	if (members === undefined) return undefined;
	const condition = readExpression(
		members.get("when"),
		["params"],
		known,
		"bool",
	);
	if (!members.has("then")) return field.fault("when needs a then.");
	const then = readArguments(members.get("then"), known, secrets);
	const otherwise = readArguments(members.get("else"), known, secrets);
	return condition === undefined
		? undefined
		: { kind: "when", condition, then, otherwise };
}
