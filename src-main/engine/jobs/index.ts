export { type JobContext, Jobs } from "./jobs.ts";
