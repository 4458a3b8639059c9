export { createLog } from "./create-log.ts";
export { redactText } from "./redact.ts";
export { RotatingFile } from "./rotating-file.ts";
