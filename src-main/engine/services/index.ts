/**
 * The contract between a user interface and the engine, call by call over the engine's
 * modules.
 *
 * Offers: `engineServices`: a function for every call of `src-shared/contract`.
 * Needs: A whole engine.
 * Does not touch: Transports and the checking of inputs, which `http/rpc` does; rules, which
 * are the modules' own.
 *
 * ```ts
 * const { incidents } = engineServices(engine);
 * incidents.get(principal, { id });
 * ```
 */

export type { ContractServices } from "./contract-services.ts";
export { engineServices } from "./engine-services.ts";
