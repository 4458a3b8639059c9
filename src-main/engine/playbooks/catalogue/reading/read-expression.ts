import { Expression, type Variable } from "../expressions/expression.ts";
import { TextTemplate } from "../expressions/text-template.ts";
import type { Field } from "../file/field.ts";
import { suggestion } from "../file/nearest-word.ts";

/** What the expressions of one file may name. */
export interface Known {
	readonly parameters: readonly string[];
	/** Names that steps before this one capture. */
	readonly captured: ReadonlySet<string>;
	/** Ids of the steps before this one. */
	readonly steps: ReadonlySet<string>;
}

export type Want = "any" | "bool" | "list";

/** A CEL expression, with every name it uses known; notes what is wrong and answers undefined. */
export function readExpression(
	field: Field | undefined,
	variables: readonly Variable[],
	known: Known,
	want: Want = "any",
): Expression | undefined {
	if (field === undefined) return undefined;
	const text = field.text();
	if (text === undefined) return undefined;
	if (text.startsWith("{{")) {
		return field.fault("is an expression already; leave the {{ }} out.");
	}
	return made(field, () => new Expression(text, variables), known, want);
}

/** A text with `{{ expressions }}` in it. */
export function readTemplate(
	field: Field | undefined,
	variables: readonly Variable[],
	known: Known,
): TextTemplate | undefined {
	const text = field?.text();
	if (field === undefined || text === undefined) return undefined;
	return templateOf(field, text, variables, known);
}

/** The same of a text that was read already, which may be empty. */
export function templateOf(
	field: Field,
	text: string,
	variables: readonly Variable[],
	known: Known,
): TextTemplate | undefined {
	try {
		const template = new TextTemplate(text, variables);
		for (const expression of template.expressions) {
			judgeNames(field, expression, known);
		}
		return template;
	} catch (error) {
		return field.fault(`${messageOf(error)}.`);
	}
}

function made(
	field: Field,
	make: () => Expression,
	known: Known,
	want: Want,
): Expression | undefined {
	try {
		const expression = make();
		judgeNames(field, expression, known);
		judgeType(field, expression, want);
		return expression;
	} catch (error) {
		return field.fault(`${messageOf(error)}.`);
	}
}

function judgeNames(field: Field, expression: Expression, known: Known): void {
	for (const name of expression.parameters) {
		if (known.parameters.includes(name)) continue;
		field.fault(
			known.parameters.length === 0
				? `params.${name}: the playbook has no parameters.`
				: `params.${name} is no parameter; ${suggestion(name, known.parameters)}`,
		);
	}
	for (const name of expression.captured) {
		if (known.captured.has(name)) continue;
		field.fault(
			known.captured.size === 0
				? `captured.${name}: no step before this captures anything.`
				: `captured.${name} is captured by no step before this; ${suggestion(name, [...known.captured])}`,
		);
	}
	for (const id of expression.steps) {
		if (known.steps.has(id)) continue;
		field.fault(
			known.steps.size === 0
				? `steps.${id}: no step comes before this.`
				: `steps.${id} does not come before this; ${suggestion(id, [...known.steps])}`,
		);
	}
}

function judgeType(field: Field, { type, text }: Expression, want: Want): void {
	const isFit =
		want === "any" ||
		type === "dyn" ||
		(want === "bool" ? type === "bool" : type.startsWith("list"));
	if (isFit) return;
	const wanted = want === "bool" ? "true or false" : "a list";
	field.fault(`"${text}" must be ${wanted}; it is of type ${type}.`);
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
