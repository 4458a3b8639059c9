export { type JobContext, type JobStart, Jobs } from "./jobs.ts";
