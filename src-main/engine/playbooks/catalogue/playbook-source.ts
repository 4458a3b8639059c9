import type { HttpStep, JsonValue, Phase } from "../definition.ts";
import type { Expression } from "./expressions/expression.ts";
import type { TextTemplate } from "./expressions/text-template.ts";
import type { ParameterSchema } from "./parameters/parameter-schema.ts";

/**
 * One or more arguments of a program. Only an author's own literals can begin with a dash:
 * a value becomes exactly one argument, or the text after `--option=`.
 */
export type ArgumentTemplate =
	| { readonly kind: "literal"; readonly text: string }
	| { readonly kind: "value"; readonly value: Expression }
	| { readonly kind: "each"; readonly values: Expression }
	| {
			readonly kind: "option";
			readonly option: string;
			readonly value: Expression;
			/** The value is a list: `--models a b`. */
			readonly isList: boolean;
			/** `--option=value` as one argument. */
			readonly isAttached: boolean;
	  }
	| {
			readonly kind: "when";
			readonly condition: Expression;
			readonly then: readonly ArgumentTemplate[];
			readonly otherwise: readonly ArgumentTemplate[];
	  };

/** A JSON body with expressions in it. */
export type BodyTemplate =
	| { readonly kind: "literal"; readonly value: JsonValue }
	/** A text that is one expression and nothing else: the value keeps its type. */
	| {
			readonly kind: "value";
			readonly value: Expression;
			readonly text: string;
	  }
	| { readonly kind: "text"; readonly text: TextTemplate }
	| { readonly kind: "list"; readonly items: readonly BodyTemplate[] }
	| {
			readonly kind: "map";
			readonly members: readonly (readonly [string, BodyTemplate])[];
	  };

export interface AddressTemplate {
	/** The connection whose address comes first; null when `origin` is given. */
	readonly connection: string | null;
	/** `https://host:port`, literal: no value ever chooses a host. */
	readonly origin: string | null;
	/** Between the slashes. */
	readonly segments: readonly TextTemplate[];
	readonly query: readonly {
		readonly name: string;
		readonly value: TextTemplate;
		readonly when: Expression | null;
	}[];
}

interface StepTemplateBase {
	readonly id: string;
	readonly phase: Phase;
	readonly title: TextTemplate;
	/** The step is left out when this does not hold. */
	readonly when: Expression | null;
}

export interface CommandTemplate extends StepTemplateBase {
	readonly kind: "command";
	readonly program: string;
	readonly args: readonly ArgumentTemplate[];
	/** Gives the program's place and folder where there is such a connection. */
	readonly connection: string | null;
	readonly environment: readonly string[];
	readonly workingDirectory: string | null;
	readonly timeoutSeconds: number;
	readonly successExitCodes: readonly number[];
}

export interface HttpTemplate extends StepTemplateBase {
	readonly kind: "http";
	readonly method: HttpStep["method"];
	readonly address: AddressTemplate;
	readonly allowPrivate: boolean;
	readonly headers: readonly (readonly [string, TextTemplate])[];
	readonly body: BodyTemplate | null;
	readonly timeoutSeconds: number;
	readonly successStatuses: readonly (readonly [number, number])[];
	readonly capture: Readonly<Record<string, string>>;
}

export interface WaitTemplate extends StepTemplateBase {
	readonly kind: "wait";
	readonly seconds: number | Expression;
}

export interface CheckTemplate extends StepTemplateBase {
	readonly kind: "check";
	readonly condition: Expression;
	readonly otherwise: TextTemplate;
}

export type StepTemplate =
	| CommandTemplate
	| HttpTemplate
	| WaitTemplate
	| CheckTemplate;

/** A line of `changes`. */
export interface ChangeTemplate {
	readonly text: TextTemplate;
	readonly when: Expression | null;
	/** The line is repeated for each value of the list, as `item`. */
	readonly each: Expression | null;
}

export interface Figure {
	/** For a list that knows no parameters. */
	readonly typical: number;
	readonly value: Expression | null;
}

/** A playbook as its file has it, read and checked. */
export interface PlaybookSource {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly kind: "action" | "checklist";
	readonly checklist: readonly string[];
	readonly parameters: ParameterSchema;
	readonly risk: {
		readonly level: "low" | "medium" | "high";
		readonly affectedSystems: readonly string[];
		readonly downtimeSeconds: number;
	};
	/** Null when it never needs one. */
	readonly approval: Expression | null;
	readonly estimate: { readonly duration: Figure; readonly cost: Figure };
	readonly isIdempotent: boolean;
	readonly isOfflineSafe: boolean;
	readonly changes: readonly ChangeTemplate[];
	readonly outcome: {
		readonly success: TextTemplate;
		readonly rolledBack: TextTemplate | null;
	};
	/** The steps of every phase, in the order they run. */
	readonly steps: readonly StepTemplate[];
	readonly suggestedFor: {
		readonly kinds: readonly string[];
		readonly keys: readonly string[];
	};
}
