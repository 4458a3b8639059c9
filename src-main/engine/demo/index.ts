/**
 * A tenant's worth of history to try Tocsin with: models that drift, incidents and what became
 * of them.
 *
 * Offers: `loadDemo`: starts the job that makes it.
 * Needs: A whole engine.
 * Does not touch: Tables: it goes through the public functions of the modules, as a person or
 * a program would.
 *
 * ```ts
 * const jobId = loadDemo(engine, principal);
 * ```
 */

export { loadDemo } from "./load-demo.ts";
