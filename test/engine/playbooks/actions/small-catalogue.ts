import { hashOf } from "../../../../src-main/engine/playbooks/actions/action-hash.ts";
import type {
	Captured,
	CheckStep,
	CommandStep,
	HttpStep,
	JsonValue,
	LoadedPlaybook,
	Phase,
	ResolvedStep,
	WaitStep,
} from "../../../../src-main/engine/playbooks/definition.ts";
import type {
	Parameters,
	PlaybookCatalogue,
} from "../../../../src-main/engine/playbooks/index.ts";

/** A playbook as a test writes it: its steps as a function of the parameters. */
export interface SmallPlaybook {
	readonly id: string;
	readonly steps: (params: Parameters) => readonly ResolvedStep[];
	readonly rollback?: (from: Captured) => readonly ResolvedStep[];
	readonly requiresApproval?: (params: Parameters) => boolean;
	readonly secretParameters?: readonly string[];
	readonly kind?: "action" | "checklist";
	/** Changes what the file holds without changing what it does. */
	readonly version?: number;
	readonly durationSeconds?: number;
	readonly costUsd?: number;
	readonly suitsKey?: string;
}

/** A catalogue in memory, to which a test adds. A parameter named `refused` is a fault. */
export class SmallCatalogue implements PlaybookCatalogue {
	readonly folder = "/nowhere/playbooks";
	readonly #playbooks = new Map<string, LoadedPlaybook>();
	secretTexts: string[] = [];
	headers: Record<string, Record<string, string>> = {};
	reloads = 0;

	add(playbook: SmallPlaybook): void {
		this.#playbooks.set(playbook.id, loaded(playbook));
	}

	remove(id: string): void {
		this.#playbooks.delete(id);
	}

	list() {
		return [...this.#playbooks.values()];
	}

	find(id: string) {
		return this.#playbooks.get(id);
	}

	faults() {
		return [{ file: "broken.yaml", line: 3, message: "it is broken" }];
	}

	reload() {
		this.reloads++;
	}

	checklistFor(name: string) {
		return (
			this.find(name)?.description ?? {
				...loaded({ id: name, kind: "checklist", steps: () => [] }).description,
				checklist: ["Do it by hand."],
			}
		);
	}

	/** `true`, `false`, or `captured.x == params.y`, of either on either side. */
	holds(
		condition: string,
		scope: { params: Parameters; captured: Parameters; steps: Parameters },
	) {
		if (condition === "true" || condition === "false") {
			return condition === "true";
		}
		const sides = condition.split(" == ").map((side) => {
			const [, part, name] = /^(captured|params)\.(\w+)$/.exec(side) ?? [];
			if (part === undefined || name === undefined) {
				throw new Error(`cannot read ${condition}`);
			}
			return scope[part as "captured" | "params"][name];
		});
		return sides.length === 2 && sides[0] === sides[1];
	}

	fill(step: HttpStep) {
		return step;
	}

	connectionHeaders(name: string) {
		const headers = this.headers[name];
		if (headers === undefined) {
			throw new Error(`The connection \`${name}\` is not set up.`);
		}
		return headers;
	}

	secrets() {
		return this.secretTexts;
	}
}

function loaded(small: SmallPlaybook): LoadedPlaybook {
	const { id, kind = "action", secretParameters = [] } = small;
	const contentHash = hashOf({ id, version: small.version ?? 1 });
	return {
		description: {
			id,
			name: id.toUpperCase(),
			description: `What ${id} does.`,
			origin: "user",
			kind,
			checklist: [],
			parameters: { type: "object" },
			risk: {
				level: "medium",
				affectedSystems: ["tests"],
				downtimeSeconds: 0,
				isReversible: small.rollback !== undefined,
			},
			approvalRule: small.requiresApproval === undefined ? null : "a rule",
			isIdempotent: false,
			isOfflineSafe: true,
			hasRollback: small.rollback !== undefined,
			steps: [],
			estimate: {
				durationSeconds: small.durationSeconds ?? 10,
				costUsd: small.costUsd ?? 0.1,
				runs: 0,
			},
		},
		contentHash,
		secretParameters,
		resolve: (given) => {
			const params = given as Parameters;
			if (params.refused !== undefined) {
				return {
					ok: false,
					faults: [{ path: "/refused", message: "is refused" }],
				};
			}
			const steps = small.steps(params);
			return {
				ok: true,
				resolved: {
					playbookId: id,
					params,
					steps,
					command: steps.map(({ title }) => title).join(" && "),
					changes: [`Will run ${steps.length} steps`],
					estimate: {
						durationSeconds: small.durationSeconds ?? 10,
						costUsd: small.costUsd ?? 0.1,
					},
					outcome: {
						success: `Successfully ran ${id}`,
						rolledBack: small.rollback === undefined ? null : `Put ${id} back`,
					},
					requiresApproval: small.requiresApproval?.(params) ?? false,
					contentHash: hashOf({
						contentHash,
						params,
						steps: steps as unknown as JsonValue,
					}),
				},
			};
		},
		resolveRollback: (from) => small.rollback?.(from) ?? null,
		suits: ({ key }) => small.suitsKey !== undefined && key === small.suitsKey,
		parameterWords: () => ({}),
	};
}

type Given<Step extends ResolvedStep> = Partial<Omit<Step, "kind">>;

export function command(
	program: string,
	args: readonly string[] = [],
	more: Given<CommandStep> = {},
): CommandStep {
	return {
		kind: "command",
		id: "run",
		phase: "step",
		title: [program, ...args].join(" "),
		program,
		args,
		environment: [],
		workingDirectory: null,
		timeoutSeconds: 30,
		successExitCodes: [0],
		...more,
	};
}

/** Runs JavaScript in a process of its own. */
export function script(source: string, more: Given<CommandStep> = {}) {
	return command(process.execPath, ["-e", source], {
		title: "a script",
		...more,
	});
}

export function http(url: string, more: Given<HttpStep> = {}): HttpStep {
	return {
		kind: "http",
		id: "call",
		phase: "step",
		title: `GET ${url}`,
		method: "GET",
		url,
		allowedHosts: [new URL(url).host],
		allowPrivate: true,
		connection: null,
		headers: {},
		body: null,
		timeoutSeconds: 10,
		successStatuses: [[200, 299]],
		capture: {},
		...more,
	};
}

export function wait(seconds: number, more: Given<WaitStep> = {}): WaitStep {
	return {
		kind: "wait",
		id: "wait",
		phase: "step",
		title: `wait ${seconds} s`,
		seconds,
		...more,
	};
}

export function check(
	condition: string,
	more: Given<CheckStep> = {},
): CheckStep {
	return {
		kind: "check",
		id: "check",
		phase: "step" satisfies Phase,
		title: condition,
		condition,
		otherwise: `${condition} does not hold.`,
		...more,
	};
}
