export { createLog } from "./create-log.ts";
export { redact, redactText } from "./redact.ts";
export { RotatingFile } from "./rotating-file.ts";
