export type { EndedAction } from "./actions/playbook-reads.ts";
export {
	type BegunRun,
	PlaybooksService,
} from "./actions/playbooks-service.ts";
export {
	connectionsExample,
	lintFiles,
	openCatalogue,
} from "./catalogue/index.ts";
export type { Parameters, PlaybookCatalogue } from "./definition.ts";
