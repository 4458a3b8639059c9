import {
	type ASTNode,
	Environment,
	EvaluationError,
	type ParseResult,
} from "@marcbachmann/cel-js";
import type { JsonValue } from "../../definition.ts";
import { fromCel, toCel } from "./cel-values.ts";

/** What an expression may look at. */
export type Variable = "params" | "captured" | "steps" | "item";
export type Scope = Readonly<Partial<Record<Variable, JsonValue>>>;

const longestText = 2_000;

/** A CEL expression of a playbook, parsed once and checked as far as that goes without values. */
export class Expression {
	readonly text: string;
	/** Names of the parameters it looks at. */
	readonly parameters: ReadonlySet<string>;
	/** Names of captured values it looks at. */
	readonly captured: ReadonlySet<string>;
	/** Ids of the steps it looks at. */
	readonly steps: ReadonlySet<string>;
	/** `bool`, `string`, `list<string>`, or `dyn` when only values can tell. */
	readonly type: string;
	readonly #parsed: ParseResult;

	/** Throws an Error whose message says what is wrong with the text. */
	constructor(text: string, variables: readonly Variable[]) {
		this.text = text;
		if (text.length > longestText) {
			throw new Error(`an expression has ${longestText} characters at most`);
		}
		try {
			this.#parsed = environmentOf(variables).parse(text);
		} catch (error) {
			throw new Error(describe(error, text));
		}
		const checked = this.#parsed.check();
		if (!checked.valid) throw new Error(describe(checked.error, text));
		this.type = checked.type ?? "dyn";
		const names = new NamesUsed(this.#parsed.ast);
		this.parameters = names.of("params");
		this.captured = names.of("captured");
		this.steps = names.of("steps");
	}

	/** Throws an Error with a clear message when it has no value, such as for an absent member. */
	evaluate(scope: Scope): JsonValue {
		try {
			return fromCel(
				this.#parsed(
					Object.fromEntries(
						Object.entries(scope).map(([name, value]) => [
							name,
							toCel(value, name === "params"),
						]),
					),
				),
			);
		} catch (error) {
			throw new Error(describe(error, this.text));
		}
	}

	/** Throws also when the value is not true or false. */
	holds(scope: Scope): boolean {
		const value = this.evaluate(scope);
		if (typeof value === "boolean") return value;
		throw new Error(
			`"${this.text}" must be true or false; it is ${JSON.stringify(value)?.slice(0, 80)}`,
		);
	}
}

const environments = new Map<string, Environment>();

function environmentOf(variables: readonly Variable[]): Environment {
	const key = variables.join();
	const known = environments.get(key);
	if (known !== undefined) return known;
	const environment = new Environment({
		homogeneousAggregateLiterals: false,
		limits: { maxAstNodes: 2_000, maxDepth: 60 },
	});
	for (const name of variables) {
		environment.registerVariable(name, name === "item" ? "dyn" : "map");
	}
	// JSON has one kind of number, CEL two: 5 * 0.5 is meant to be 2.5.
	for (const [left, right] of [
		["double", "int"],
		["int", "double"],
	]) {
		environment
			.registerOperator(`${left} + ${right}`, (a, b) => Number(a) + Number(b))
			.registerOperator(`${left} - ${right}`, (a, b) => Number(a) - Number(b))
			.registerOperator(`${left} * ${right}`, (a, b) => Number(a) * Number(b))
			.registerOperator(`${left} / ${right}`, (a, b) => Number(a) / Number(b));
	}
	environments.set(key, environment);
	return environment;
}

/** Which members of the variables an expression names, as `params.x` or `params["x"]`. */
class NamesUsed {
	readonly #names = new Map<string, Set<string>>();

	constructor(ast: ASTNode) {
		this.#walk(ast);
	}

	of(variable: Variable): ReadonlySet<string> {
		return this.#names.get(variable) ?? new Set();
	}

	#walk(node: ASTNode): void {
		if (node.op === "rcall" && node.args[0] === "matches") {
			// A pattern in an expression has no time limit; one in the parameters' schema has.
			throw new Error(
				"matches() is not allowed in an expression; give the parameter a pattern in its schema",
			);
		}
		const member = memberOf(node);
		if (member !== null) {
			const names = this.#names.get(member.variable) ?? new Set();
			this.#names.set(member.variable, names.add(member.name));
		}
		for (const child of childrenOf(node.args)) this.#walk(child);
	}
}

function memberOf(node: ASTNode): { variable: string; name: string } | null {
	const isMember = node.op === "." || node.op === ".?";
	if (!isMember && node.op !== "[]" && node.op !== "[?]") return null;
	const [object, member] = node.args;
	if (object.op !== "id") return null;
	const name =
		typeof member === "string"
			? member
			: member.op === "value"
				? member.args
				: null;
	return typeof name === "string" ? { variable: object.args, name } : null;
}

function childrenOf(args: unknown): ASTNode[] {
	if (Array.isArray(args)) return args.flatMap(childrenOf);
	return typeof args === "object" && args !== null && "op" in args
		? [args as ASTNode]
		: [];
}

function describe(error: unknown, text: string): string {
	if (!(error instanceof Error)) return `"${text}" has no value`;
	const summary =
		"summary" in error && typeof error.summary === "string"
			? error.summary
			: (error.message.split("\n", 1)[0] ?? "");
	const range = "range" in error ? error.range : undefined;
	const start =
		typeof range === "object" && range !== null && "start" in range
			? Number(range.start)
			: null;
	const near =
		start === null || start === 0 || start >= text.length
			? ""
			: ` (at "${text.slice(start, start + 30)}")`;
	const missing =
		error instanceof EvaluationError && error.code === "no_such_key"
			? "; test it with has(...) first when it may be absent"
			: "";
	return `"${text}": ${lowerFirst(summary)}${near}${missing}`;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
