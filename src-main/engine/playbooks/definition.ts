import type { Playbook } from "../../../src-shared/contract/index.ts";

/** A JSON value, as parameters and captured values have it. */
export type JsonValue =
	| null
	| boolean
	| number
	| string
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

export type Parameters = Readonly<Record<string, JsonValue>>;

/** Which part of a playbook a step belongs to. */
export type Phase =
	| "step"
	| "verification"
	| "rollback"
	| "rollback_verification";

interface StepBase {
	/** Unique within the playbook. */
	readonly id: string;
	readonly phase: Phase;
	readonly title: string;
}

/** Runs a program with an argument list; there is never a shell between. */
export interface CommandStep extends StepBase {
	readonly kind: "command";
	/** A bare name, looked up on PATH, or an absolute path. */
	readonly program: string;
	readonly args: readonly string[];
	/** Names of environment variables that are passed on, besides PATH, HOME, LANG and TZ; TOCSIN_ACTION, the action's id, is always set. */
	readonly environment: readonly string[];
	/** Absolute; null for the data folder's `playbooks/work`. */
	readonly workingDirectory: string | null;
	readonly timeoutSeconds: number;
	readonly successExitCodes: readonly number[];
}

export interface HttpStep extends StepBase {
	readonly kind: "http";
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** Absolute http or https. */
	readonly url: string;
	/** `host` or `host:port` that the playbook or its connection allows; an address outside the list is refused. */
	readonly allowedHosts: readonly string[];
	/** The connection or the playbook allows addresses of this machine and its private networks. */
	readonly allowPrivate: boolean;
	/** The connection whose credential is added when the request is sent; null for none. */
	readonly connection: string | null;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: JsonValue | null;
	/**
	 * Parts of the body that are known only while it runs, because they come from what an earlier
	 * step captured: JSON pointer into the body -> CEL over params, captured and steps. Until
	 * `PlaybookCatalogue.fill` the body holds the expression as readable text in their place.
	 */
	readonly late?: Readonly<Record<string, string>>;
	readonly timeoutSeconds: number;
	/** Inclusive ranges of statuses that count as success. */
	readonly successStatuses: readonly (readonly [number, number])[];
	/** Keeps parts of the JSON answer under a name, by JSON pointer (RFC 6901): the before-state that a rollback restores. */
	readonly capture: Readonly<Record<string, string>>;
}

export interface WaitStep extends StepBase {
	readonly kind: "wait";
	readonly seconds: number;
}

/** A CEL condition over `params`, `captured` and `steps` (id -> exit_code, status, body) that must hold. */
export interface CheckStep extends StepBase {
	readonly kind: "check";
	readonly condition: string;
	readonly otherwise: string;
}

export type ResolvedStep = CommandStep | HttpStep | WaitStep | CheckStep;

/** A playbook with every parameter filled in: exactly what would run. */
export interface ResolvedPlaybook {
	readonly playbookId: string;
	/** With defaults. */
	readonly params: Parameters;
	/** The steps, then the verification. */
	readonly steps: readonly ResolvedStep[];
	/** One line a person reads: `dbt run --models inbox_emails --threads 4`. */
	readonly command: string;
	/** What it will change, a line each. */
	readonly changes: readonly string[];
	/** The author's figures for these parameters. */
	readonly estimate: {
		readonly durationSeconds: number;
		readonly costUsd: number;
	};
	/** What is said of a run once it succeeded: `Successfully ran 1 model(s)`. */
	readonly outcome: {
		readonly success: string;
		/** The same of a rollback; null without one. */
		readonly rolledBack: string | null;
	};
	readonly requiresApproval: boolean;
	/**
	 * SHA-256 (hex) over the canonical JSON of the playbook's content hash, the parameters
	 * and the resolved steps. The caller adds tenant and incident.
	 */
	readonly contentHash: string;
}

/** What a run left behind that a rollback starts from. */
export interface Captured {
	readonly params: Parameters;
	readonly captured: Readonly<Record<string, JsonValue>>;
}

export interface ParameterFault {
	/** JSON pointer into the parameters, such as `/models/0`; empty for the whole. */
	readonly path: string;
	readonly message: string;
}

/** A playbook of the catalogue that can be resolved. */
export interface LoadedPlaybook {
	/** As people see it, with the author's estimate and no history. */
	readonly description: Playbook;
	/** SHA-256 (hex) of the file's content. */
	readonly contentHash: string;
	/** Names of the parameters whose values must never be shown, logged or kept in clear. */
	readonly secretParameters: readonly string[];
	/**
	 * Fills the parameters in. Answers every fault at once; throws nothing for bad input.
	 * A value can become neither an option nor a second argument.
	 */
	resolve(
		params: unknown,
	):
		| { readonly ok: true; readonly resolved: ResolvedPlaybook }
		| { readonly ok: false; readonly faults: readonly ParameterFault[] };
	/** The rollback steps and their verification, from what the run captured. Null without a rollback; throws when a value it needs was never captured. */
	resolveRollback(from: Captured): readonly ResolvedStep[] | null;
	/** It is meant for incidents of this kind or with such a key. */
	suits(incident: {
		readonly kind: string | null;
		readonly key: string | null;
	}): boolean;
	/** The documented form of the parameters for API E: `name -> "array[string] (required)"`. */
	parameterWords(): Readonly<Record<string, string>>;
}

/** What the conditions and late values of a running playbook may look at. */
export interface RunScope {
	readonly params: Parameters;
	readonly captured: Readonly<Record<string, JsonValue>>;
	/** Step id -> `exit_code`, or `status` and `body`. */
	readonly steps: Readonly<Record<string, JsonValue>>;
}

/** All playbooks of this machine, read from `resources/playbooks/` and the data folder. */
export interface PlaybookCatalogue {
	list(): readonly LoadedPlaybook[];
	find(id: string): LoadedPlaybook | undefined;
	faults(): readonly { file: string; line: number | null; message: string }[];
	/** Reads the folders again. */
	reload(): void;
	/** Where a user's own playbooks and `connections.yaml` lie. */
	readonly folder: string;
	/** The playbook of that name, or a checklist for a suggestion that nobody made an action for. */
	checklistFor(name: string): Playbook;
	/** Evaluates a check's condition; throws with a clear message when it cannot be evaluated. */
	holds(condition: string, scope: RunScope): boolean;
	/** The step with its late values filled in; throws with a clear message when one was never captured. */
	fill(step: HttpStep, scope: RunScope): HttpStep;
	/** The headers that a connection adds (its credential), read when they are needed; throws with what is missing. */
	connectionHeaders(name: string): Readonly<Record<string, string>>;
	/** Every secret text of the connections, for redaction. */
	secrets(): readonly string[];
}
