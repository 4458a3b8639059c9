export {
	type AlertRecord,
	type ChangeKind,
	type ChangeRecord,
	changeKinds,
} from "./case-file.ts";
export { type NewChange, toldDeployment } from "./changes.ts";
export type { ServiceMap } from "./dependencies.ts";
export type { InsightPorts } from "./insight-ports.ts";
export { type FeedbackVerdict, verdicts } from "./insight-schema.ts";
export { InsightService } from "./insight-service.ts";
