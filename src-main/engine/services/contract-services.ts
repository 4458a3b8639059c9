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
import type { Principal } from "../identity/principal.ts";

/**
 * One method for every call of the contract, in the contract's own shapes. Inputs are
 * checked before; a refusal is thrown as an EngineError, whose code is the contract's
 * error code.
 */
type ServiceMethod<Procedure> =
	Procedure extends ContractProcedure<
		infer Input extends AnySchema,
		infer Output extends AnySchema,
		ErrorMap,
		Meta
	>
		? (
				principal: Principal,
				input: InferSchemaOutput<Input>,
				signal?: AbortSignal,
			) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
		: never;

type Calls = Omit<Contract, "live">;

export type ContractServices = {
	readonly [Group in keyof Calls]: {
		readonly [Name in keyof Calls[Group]]: ServiceMethod<Calls[Group][Name]>;
	};
} & {
	readonly live: {
		/** Ends when `signal` fires. Coalesced and capped: no transport has back-pressure. */
		changes(
			principal: Principal,
			input: { after: number | null },
			signal?: AbortSignal,
		): AsyncIterable<LiveChange>;
	};
};
