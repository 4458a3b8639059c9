import { isAbsolute } from "node:path";
import type { Phase } from "../../definition.ts";
import { TextTemplate } from "../expressions/text-template.ts";
import type { Field } from "../file/field.ts";
import type {
	CheckTemplate,
	CommandTemplate,
	StepTemplate,
	WaitTemplate,
} from "../playbook-source.ts";
import { readArguments } from "./read-arguments.ts";
import { type Known, readExpression, readTemplate } from "./read-expression.ts";
import { readHttp } from "./read-http.ts";

/** Each kind of step without what all have; a plain Omit would lose the kinds. */
type Without<Step> = Step extends unknown
	? Omit<Step, "id" | "phase" | "title" | "when">
	: never;

export const mostSteps = 50;
const longestSeconds = 86_400;
const stepId = /^[a-z][a-z0-9_]{0,63}$/;
const kinds = ["command", "http", "wait", "check"] as const;

/** They would read a value as a program of their own. */
const shells =
	/^(ba|z|da|k|c|tc|fi|a)?sh$|^(cmd|powershell|pwsh|env|xargs|eval|exec|busybox)$/;

/** Gathers the steps of a playbook, in the order of their phases. */
export class StepReader {
	readonly #parameters: readonly string[];
	readonly #secrets: readonly string[];
	readonly #allowedHosts: readonly string[];
	readonly #ids = new Set<string>();
	readonly #captured = new Set<string>();
	readonly steps: StepTemplate[] = [];

	constructor(facts: {
		parameters: readonly string[];
		secrets: readonly string[];
		allowedHosts: readonly string[];
	}) {
		this.#parameters = facts.parameters;
		this.#secrets = facts.secrets;
		this.#allowedHosts = facts.allowedHosts;
	}

	read(field: Field | undefined, phase: Phase): void {
		const items = field?.items() ?? [];
		if (field?.isList && items.length === 0) field.fault("holds no step.");
		for (const item of items) {
			if (this.steps.length === mostSteps) {
				item.fault(`a playbook has ${mostSteps} steps at most.`);
				return;
			}
			const step = this.#readStep(item, phase);
			if (step === undefined) continue;
			this.steps.push(step);
			if (step.kind === "http") {
				for (const name of Object.keys(step.capture)) this.#captured.add(name);
			}
		}
	}

	#readStep(field: Field, phase: Phase): StepTemplate | undefined {
		const members = field.members(["id", "title", "when", ...kinds]);
		if (members === undefined) return undefined;
		const known: Known = {
			parameters: this.#parameters,
			captured: new Set(this.#captured),
			steps: new Set(this.#ids),
		};
		const id = this.#readId(field, members);
		const title = readTemplate(members.get("title"), ["params"], known);
		const when = readExpression(members.get("when"), ["params"], known, "bool");
		const given = kinds.filter((kind) => members.has(kind));
		const [kind] = given;
		if (kind === undefined || given.length > 1) {
			return field.fault(
				`a step is exactly one of ${kinds.join(", ")}; this has ${given.join(" and ") || "none"}.`,
			);
		}
		const part = members.get(kind);
		if (part === undefined || id === undefined) return undefined;
		const body = this.#readKind(kind, part, phase, known);
		if (body === undefined) return undefined;
		return {
			id,
			phase,
			title: title ?? new TextTemplate(id.replaceAll("_", " "), []),
			when: when ?? null,
			...body,
		};
	}

	#readId(
		field: Field,
		members: ReadonlyMap<string, Field>,
	): string | undefined {
		const place = members.get("id");
		if (place === undefined) return field.fault("a step needs an id.");
		const id = place.text(64);
		if (id === undefined) return undefined;
		if (!stepId.test(id)) {
			return place.fault(
				"a step's id has a-z, 0-9 and _ only, and a letter first.",
			);
		}
		if (this.#ids.has(id)) {
			return place.fault(`"${id}" is the id of another step.`);
		}
		this.#ids.add(id);
		return id;
	}

	#readKind(
		kind: (typeof kinds)[number],
		field: Field,
		phase: Phase,
		known: Known,
	): Without<StepTemplate> | undefined {
		const isRollback = phase.startsWith("rollback");
		switch (kind) {
			case "command":
				return this.#readCommand(field, known);
			case "http":
				return readHttp(field, {
					known,
					allowedHosts: this.#allowedHosts,
					bodyVariables: isRollback
						? ["params", "captured"]
						: ["params", "captured", "steps"],
					isRollback,
				});
			case "wait":
				return readWait(field, known);
			case "check":
				return readCheck(field, known);
		}
	}

	#readCommand(
		field: Field,
		known: Known,
	): Without<CommandTemplate> | undefined {
		const members = field.members([
			"program",
			"args",
			"connection",
			"environment",
			"working_directory",
			"timeout_seconds",
			"success_exit_codes",
		]);
		if (members === undefined) return undefined;
		const place = members.get("program");
		const program =
			place === undefined
				? field.fault("needs a program.")
				: readProgram(place);
		const folder = members.get("working_directory");
		const workingDirectory = folder?.text(4_096) ?? null;
		if (workingDirectory !== null && !isAbsolute(workingDirectory)) {
			folder?.fault("must be an absolute path.");
		}
		const codes = members.get("success_exit_codes");
		const read = {
			args: readArguments(members.get("args"), known, this.#secrets),
			connection: members.get("connection")?.text(64) ?? null,
			environment: (members.get("environment")?.items() ?? []).flatMap(
				(item) => readVariable(item) ?? [],
			),
			workingDirectory,
			timeoutSeconds:
				members.get("timeout_seconds")?.number(1, longestSeconds) ?? 600,
			successExitCodes:
				codes === undefined
					? [0]
					: (codes.items() ?? []).flatMap((item) => item.whole(0, 255) ?? []),
		};
		return program === undefined
			? undefined
			: { kind: "command", program, ...read };
	}
}

function readProgram(field: Field): string | undefined {
	const program = field.text(4_096);
	if (program === undefined) return undefined;
	if (program.includes("{{")) {
		return field.fault("a program is never a value; write it out.");
	}
	const isPath = /[/\\]/.test(program);
	if (isPath && !isAbsolute(program)) {
		return field.fault("must be a bare name or an absolute path.");
	}
	if (/\s/.test(program) && !isPath) {
		return field.fault(
			"is the program alone; its arguments belong under args.",
		);
	}
	const name = (program.split(/[/\\]/).at(-1) ?? "").toLowerCase();
	if (shells.test(name.replace(/\.(exe|com)$/, ""))) {
		return field.fault(
			`${name} runs whatever text it is given; name the program itself, with its arguments under args.`,
		);
	}
	if (/\.(bat|cmd)$/.test(name)) {
		return field.fault("Windows runs batch files in a shell; name a program.");
	}
	return program;
}

function readVariable(field: Field): string | undefined {
	const name = field.text(200);
	if (name === undefined || /^[A-Za-z_]\w*$/.test(name)) return name;
	return field.fault(
		"is the name of an environment variable; its value is taken from where Tocsin runs.",
	);
}

function readWait(
	field: Field,
	known: Known,
): Without<WaitTemplate> | undefined {
	const place = field.members(["seconds"])?.get("seconds");
	if (place === undefined) return field.fault("needs seconds.");
	const seconds = place.isText
		? readExpression(place, ["params"], known)
		: place.number(0, longestSeconds);
	return seconds === undefined ? undefined : { kind: "wait", seconds };
}

function readCheck(
	field: Field,
	known: Known,
): Without<CheckTemplate> | undefined {
	const members = field.members(["condition", "otherwise"]);
	if (members === undefined) return undefined;
	const condition = members.has("condition")
		? readExpression(
				members.get("condition"),
				["params", "captured", "steps"],
				known,
				"bool",
			)
		: field.fault("needs a condition.");
	const otherwise = members.has("otherwise")
		? readTemplate(members.get("otherwise"), ["params"], known)
		: field.fault("needs an otherwise: what to say when it does not hold.");
	return condition === undefined || otherwise === undefined
		? undefined
		: { kind: "check", condition, otherwise };
}
