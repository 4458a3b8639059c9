/**
 * The structured log, without secrets in it.
 *
 * Offers: `createLog`, `redact` for what else is shown, and `RotatingFile` to write to.
 * Needs: A destination.
 * Does not touch: What is logged: callers name fields, and secrets are taken out here.
 *
 * ```ts
 * const log = createLog(new RotatingFile(path, { largest, kept }));
 * log.warn({ modelId }, "a column could not be read");
 * ```
 */

export { createLog } from "./create-log.ts";
export { redactText } from "./redact.ts";
export { RotatingFile } from "./rotating-file.ts";
