import { type AnyContractProcedure, isContractProcedure } from "@orpc/contract";
import { implement, type Router as RouterOf } from "@orpc/server";
import { type Contract, contract } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import type { Need } from "../../../src-shared/domain/access/need.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { enter } from "../../engine/identity/index.ts";
import type { RpcContext } from "./context.ts";
import { asRpcError } from "./error-mapping.ts";

export type Router = RouterOf<Contract, RpcContext>;

/** A call of the services, whose types `ContractServices` has checked against the contract and the table of needs. */
type Call = (who: unknown, input: unknown, signal?: AbortSignal) => unknown;

/**
 * The contract over the engine's services, for every transport: each call checks its input,
 * enters by the door with what the table says it needs, and hands on to the service of its
 * name.
 */
export const router = eachOf(
	contract,
	(group, calls) =>
		eachOf(calls, (name, procedure) =>
			group === "live"
				? watched(procedure, name)
				: answered(procedure, group, name),
		),
	// Built by name: each entry is the contract's own procedure with a handler.
) as unknown as Router;

function answered(procedure: unknown, group: string, name: string) {
	const need = needOf(group, name);
	return implementing(procedure).handler(({ context, input, signal }) => {
		const who = enter(context.principal(), need, projectOf(need, input));
		return callOf(context, group, name)(who, input, signal);
	});
}

/** A feed outlives changes of who may what, so it is given the way to ask for them. */
function watched(procedure: unknown, name: string) {
	const need = needOf("live", name);
	return implementing(procedure).handler(async function* ({
		context,
		input,
		signal,
	}) {
		const member = () => enter(context.principal(), need);
		try {
			yield* callOf(context, "live", name)(
				member,
				input,
				signal,
			) as AsyncIterable<unknown>;
		} catch (error) {
			throw asRpcError(error, context.log);
		}
	});
}

/** Where every call begins: a refusal of the engine becomes one of the contract. */
function implementing(procedure: unknown) {
	if (!isContractProcedure(procedure)) throw new Error("not a procedure");
	return implement(procedure as AnyContractProcedure)
		.$context<RpcContext>()
		.use(async ({ context, next }) => {
			try {
				return await next();
			} catch (error) {
				throw asRpcError(error, context.log);
			}
		});
}

function callOf({ services }: RpcContext, group: string, name: string): Call {
	return must(
		(services as unknown as Record<string, Record<string, Call>>)[group]?.[
			name
		],
		`the services answer ${group}.${name}`,
	);
}

function needOf(group: string, name: string): Need {
	const lines: Readonly<Record<string, Readonly<Record<string, Need>>>> =
		callNeeds;
	return must(lines[group]?.[name], `${group}.${name} has its line`);
}

function projectOf(need: Need, input: unknown): unknown {
	if (need.of !== "project") return undefined;
	const named = input as {
		readonly id?: unknown;
		readonly projectId?: unknown;
	};
	return need.changes === "itself" ? named.id : named.projectId;
}

function eachOf<Made>(
	table: object,
	make: (name: string, value: object) => Made,
): Record<string, Made> {
	return Object.fromEntries(
		Object.entries(table).map(([name, value]) => [name, make(name, value)]),
	);
}
