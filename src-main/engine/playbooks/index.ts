export type { EndedAction } from "./actions/playbook-reads.ts";
export type {
	PlaybookIncident,
	PlaybooksPorts,
} from "./actions/playbooks-ports.ts";
export {
	type BegunRun,
	PlaybooksService,
} from "./actions/playbooks-service.ts";
export { runsPerHour } from "./actions/run-limits.ts";
export type { RunRequest } from "./actions/run-start.ts";
export {
	type CatalogueOptions,
	connectionsExample,
	genericChecklist,
	lintFiles,
	openCatalogue,
} from "./catalogue/index.ts";
export type {
	Captured,
	CheckStep,
	CommandStep,
	HttpStep,
	JsonValue,
	LoadedPlaybook,
	ParameterFault,
	Parameters,
	Phase,
	PlaybookCatalogue,
	ResolvedPlaybook,
	ResolvedStep,
	WaitStep,
} from "./definition.ts";
