import { assertNever } from "../../../../../src-shared/domain/assert-never.ts";
import type { HttpStep, JsonValue, RunScope } from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";
import { Expression } from "../expressions/expression.ts";
import { pointerToken } from "../parameters/value-limits.ts";
import type { BodyTemplate } from "../playbook-source.ts";
import type { Resolving } from "./resolving.ts";

export interface ResolvedBody {
	readonly body: JsonValue;
	/** JSON pointer -> expression, for what is known only while it runs. */
	readonly late: Readonly<Record<string, string>>;
}

/** Fills a body in. What an earlier step has yet to capture stays as its expression. */
export function resolveBody(
	template: BodyTemplate,
	resolving: Resolving,
): ResolvedBody {
	const late: [string, string][] = [];
	const isRunning = resolving.scope.captured !== undefined;
	const fill = (part: BodyTemplate, pointer: string): JsonValue => {
		switch (part.kind) {
			case "literal":
				return part.value;
			case "text":
				try {
					return part.text.render(resolving.scope);
				} catch (error) {
					const [first] = part.text.expressions;
					resolving.fault(first ? resolving.pathOf(first) : "", String(error));
					return null;
				}
			case "value":
				if (!isRunning && isLate(part.value)) {
					late.push([pointer, part.value.text]);
					return part.text;
				}
				return resolving.value(part.value) ?? null;
			case "list":
				return part.items.map((item, index) =>
					fill(item, `${pointer}/${index}`),
				);
			case "map":
				return Object.fromEntries(
					part.members.map(([name, member]) => [
						name,
						fill(member, `${pointer}/${pointerToken(name)}`),
					]),
				);
			default:
				return assertNever(part, "body");
		}
	};
	return { body: fill(template, ""), late: Object.fromEntries(late) };
}

/** It looks at what only a running playbook knows. */
export function isLate(expression: Expression): boolean {
	return expression.captured.size > 0 || expression.steps.size > 0;
}

/** Puts the late values in. Throws an Error that says which value is missing. */
export function fillLate(step: HttpStep, scope: RunScope): HttpStep {
	const { late, ...rest } = step;
	if (late === undefined) return step;
	let { body } = step;
	for (const [pointer, text] of Object.entries(late)) {
		const expression = new Expression(text, ["params", "captured", "steps"]);
		body = withValue(body, pointer, expression.evaluate({ ...scope }));
	}
	return { ...rest, body };
}

function withValue(
	whole: JsonValue,
	pointer: string,
	value: JsonValue,
): JsonValue {
	if (pointer === "") return value;
	const [, token = "", ...rest] = pointer.split("/");
	const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
	const below = rest.length === 0 ? "" : `/${rest.join("/")}`;
	if (typeof whole !== "object" || whole === null) return whole;
	if (isList(whole)) {
		return whole.map((item, index) =>
			String(index) === name ? withValue(item, below, value) : item,
		);
	}
	return Object.fromEntries(
		Object.entries(whole).map(([key, member]) => [
			key,
			key === name ? withValue(member, below, value) : member,
		]),
	);
}
