import { assertNever } from "../../../../../src-shared/domain/assert-never.ts";
import type { ArgumentTemplate } from "../playbook-source.ts";
import type { Resolving } from "./resolving.ts";

/** Linux passes no argument of more (MAX_ARG_STRLEN), and no more than a quarter of the stack in all. */
const mostArgumentBytes = 131_071;
const mostBytes = 1_048_576;

/**
 * The argument list of a program. What a value becomes is one argument, never an option:
 *
 * | template                              | of `{a: "x y", l: ["p", "q"]}` |
 * |---------------------------------------|--------------------------------|
 * | `run`                                 | `run`                          |
 * | `{value: params.a}`                   | `x y`                          |
 * | `{each: params.l}`                    | `p`, `q`                       |
 * | `{option: --in, value: params.a}`     | `--in`, `x y`                  |
 * | `{option: --in, values: params.l}`    | `--in`, `p`, `q`               |
 * | `{option: --in, value: ..., attached: true}` | `--in=x y`              |
 * | `{when: size(params.l) > 5, then: [--many]}` |                         |
 */
export function resolveArguments(
	templates: readonly ArgumentTemplate[],
	resolving: Resolving,
): string[] {
	const args = templates.flatMap((template) => resolveOne(template, resolving));
	const sizes = args.map((argument) => Buffer.byteLength(argument) + 1);
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total > mostBytes || sizes.some((size) => size > mostArgumentBytes)) {
		resolving.fault("", "makes a command longer than a program can be given");
	}
	return args;
}

function resolveOne(
	template: ArgumentTemplate,
	resolving: Resolving,
): readonly string[] {
	switch (template.kind) {
		case "literal":
			return [template.text];
		case "value": {
			const piece = resolving.piece(template.value, "argument");
			return piece === undefined ? [] : [piece];
		}
		case "each":
			return resolving.pieces(template.values, "argument");
		case "option":
			return resolveOption(template, resolving);
		case "when": {
			const { condition, then, otherwise } = template;
			const chosen = resolving.holds(condition) ? then : otherwise;
			return chosen.flatMap((inner) => resolveOne(inner, resolving));
		}
		default:
			return assertNever(template, "argument");
	}
}

function resolveOption(
	{
		option,
		value,
		isList,
		isAttached,
	}: Extract<ArgumentTemplate, { kind: "option" }>,
	resolving: Resolving,
): string[] {
	const place = isAttached ? "attached" : "argument";
	const one = isList ? undefined : resolving.piece(value, place);
	const pieces = isList
		? resolving.pieces(value, place)
		: one === undefined
			? []
			: [one];
	return isAttached
		? pieces.map((piece) => `${option}=${piece}`)
		: [option, ...pieces];
}
