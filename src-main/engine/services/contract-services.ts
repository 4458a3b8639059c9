import type {
	AnySchema,
	ContractProcedure,
	ErrorMap,
	InferSchemaInput,
	InferSchemaOutput,
	Meta,
} from "@orpc/contract";
import type {
	Contract,
	LiveChange,
} from "../../../src-shared/contract/index.ts";
import type { CallNeed } from "../../../src-shared/domain/access/call-needs.ts";
import type { Granted, Member } from "../identity/index.ts";

/**
 * One method for every call of the contract, in the contract's own shapes, with who asks as
 * the table of needs grants them. Inputs are checked before; a refusal is thrown as an
 * EngineError, whose code is the contract's error code.
 */
type ServiceMethod<Procedure, Who> =
	Procedure extends ContractProcedure<
		infer Input extends AnySchema,
		infer Output extends AnySchema,
		ErrorMap,
		Meta
	>
		? (
				who: Who,
				input: InferSchemaOutput<Input>,
				signal?: AbortSignal,
			) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
		: never;

type Calls = Omit<Contract, "live">;

export type ContractServices = {
	readonly [Group in keyof Calls]: {
		readonly [Name in keyof Calls[Group]]: ServiceMethod<
			Calls[Group][Name],
			Granted<CallNeed<Group, Name>>
		>;
	};
} & {
	readonly live: {
		/** Ends when `signal` fires. Coalesced and capped: no transport has back-pressure. */
		changes(
			who: () => Member,
			input: { after: number | null },
			signal?: AbortSignal,
		): AsyncIterable<LiveChange>;
	};
};
