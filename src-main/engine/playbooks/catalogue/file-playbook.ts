import { createHash } from "node:crypto";
import type { Playbook } from "../../../../src-shared/contract/index.ts";
import { canonicalJson } from "../../../../src-shared/sync/canonical-json.ts";
import type {
	Captured,
	LoadedPlaybook,
	ParameterFault,
	Parameters,
	ResolvedPlaybook,
	ResolvedStep,
} from "../definition.ts";
import { changesSomething, describeStep } from "../runners/describe-step.ts";
import type { Connections } from "./connections/connections.ts";
import { describePlaybook } from "./describe-playbook.ts";
import { isList } from "./expressions/cel-values.ts";
import { matchesGlob } from "./glob.ts";
import { parameterWords } from "./parameters/parameter-words.ts";
import { membersOf } from "./parameters/schema-rules.ts";
import type { Figure, PlaybookSource } from "./playbook-source.ts";
import { resolveSteps } from "./resolution/resolve-steps.ts";
import { messageOf, Resolving, visible } from "./resolution/resolving.ts";

const mostChanges = 200;
const mostFaults = 100;

/** A playbook that was read from a file. */
export class FilePlaybook implements LoadedPlaybook {
	readonly description: Playbook;
	readonly contentHash: string;
	readonly secretParameters: readonly string[];
	readonly #source: PlaybookSource;
	readonly #connections: Connections;

	constructor(
		source: PlaybookSource,
		facts: {
			readonly origin: Playbook["origin"];
			readonly contentHash: string;
			readonly connections: Connections;
		},
	) {
		this.description = describePlaybook(source, facts.origin);
		this.contentHash = facts.contentHash;
		this.secretParameters = source.parameters.secrets;
		this.#source = source;
		this.#connections = facts.connections;
	}

	resolve(params: unknown): ReturnType<LoadedPlaybook["resolve"]> {
		const { kind, parameters, name } = this.#source;
		if (kind === "checklist") {
			return refused([
				{
					path: "",
					message: `${name} is a checklist for people: there is nothing to run`,
				},
			]);
		}
		const checked = parameters.check(params);
		const resolving = this.#resolving(checked.params ?? {});
		const resolved = this.#fill(resolving);
		// What looks hostile is said in those words, before what its schema says of it.
		const faults =
			checked.params !== null && checked.faults.length === 0
				? resolving.faults
				: merged(resolving.hostile, checked.faults);
		return faults.length > 0 ? refused(faults) : { ok: true, resolved };
	}

	resolveRollback({
		params,
		captured,
	}: Captured): readonly ResolvedStep[] | null {
		const steps = this.#source.steps.filter(({ phase }) =>
			phase.startsWith("rollback"),
		);
		if (steps.length === 0) return null;
		const resolving = this.#resolving(params, captured);
		const resolved = resolveSteps(steps, resolving, this.#connections);
		const [fault] = resolving.faults;
		if (fault === undefined) return resolved;
		throw new Error(
			`The rollback cannot be filled in: ${fault.path === "" ? "" : `${fault.path} `}${fault.message}`,
		);
	}

	suits({
		kind,
		key,
	}: {
		readonly kind: string | null;
		readonly key: string | null;
	}): boolean {
		const { kinds, keys } = this.#source.suggestedFor;
		return (
			(kind !== null && kinds.includes(kind)) ||
			(key !== null && keys.some((pattern) => matchesGlob(key, pattern)))
		);
	}

	parameterWords(): Readonly<Record<string, string>> {
		return parameterWords(this.#source.parameters);
	}

	#resolving(params: Parameters, captured?: Captured["captured"]): Resolving {
		const { schema } = this.#source.parameters;
		return new Resolving(params, membersOf(schema.properties), captured);
	}

	#fill(resolving: Resolving): ResolvedPlaybook {
		const { id, approval, outcome, estimate } = this.#source;
		const params = resolving.scope.params as Parameters;
		const steps = resolveSteps(
			this.#source.steps.filter(({ phase }) => !phase.startsWith("rollback")),
			resolving,
			this.#connections,
		);
		return {
			playbookId: id,
			params,
			steps,
			command: commandOf(steps),
			changes: this.#changes(resolving),
			estimate: {
				durationSeconds: figure(estimate.duration, resolving),
				costUsd: figure(estimate.cost, resolving),
			},
			outcome: {
				success: resolving.text(outcome.success),
				rolledBack:
					outcome.rolledBack === null
						? null
						: resolving.text(outcome.rolledBack),
			},
			requiresApproval: approval !== null && resolving.holds(approval),
			contentHash: this.#hash(params, steps, resolving),
		};
	}

	#changes(resolving: Resolving): string[] {
		return this.#source.changes
			.filter(({ when }) => resolving.holds(when))
			.flatMap(({ text, each }) => {
				if (each === null) return [resolving.text(text)];
				const values = resolving.value(each) ?? [];
				return (isList(values) ? values : []).map((item) => {
					try {
						return visible(text.render({ ...resolving.scope, item }));
					} catch (error) {
						resolving.fault(resolving.pathOf(each), messageOf(error));
						return text.text;
					}
				});
			})
			.slice(0, mostChanges);
	}

	#hash(
		params: Parameters,
		steps: readonly ResolvedStep[],
		resolving: Resolving,
	): string {
		// What holds a fault is thrown away, and may hold what has no canonical form.
		if (resolving.faults.length > 0) return "";
		return createHash("sha256")
			.update(canonicalJson({ playbook: this.contentHash, params, steps }))
			.digest("hex");
	}
}

/** The steps that change something, as one line; the others when none does. */
function commandOf(steps: readonly ResolvedStep[]): string {
	const own = steps.filter(({ phase }) => phase === "step");
	const changing = own.filter(changesSomething);
	return (changing.length > 0 ? changing : own).map(describeStep).join(" && ");
}

function figure({ typical, value }: Figure, resolving: Resolving): number {
	if (value === null) return typical;
	const answer = resolving.value(value);
	if (typeof answer === "number" && answer >= 0) {
		// 0.05 * 3 is 0.15000000000000002.
		return Math.round(answer * 1e6) / 1e6;
	}
	if (answer !== undefined) {
		resolving.fault(
			resolving.pathOf(value),
			`makes an estimate of ${JSON.stringify(answer)}`,
		);
	}
	return typical;
}

function merged(
	first: readonly ParameterFault[],
	then: readonly ParameterFault[],
): ParameterFault[] {
	const faults = new Map<string, ParameterFault>();
	for (const fault of [...first, ...then]) {
		if (!faults.has(fault.path)) faults.set(fault.path, fault);
	}
	return [...faults.values()];
}

function refused(faults: readonly ParameterFault[]) {
	return { ok: false, faults: faults.slice(0, mostFaults) } as const;
}
