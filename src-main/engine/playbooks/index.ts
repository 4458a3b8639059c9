/**
 * Runbooks that run: a dry run, its approval, the run itself and its rollback, as one action
 * with a record of each step.
 *
 * Offers: `openCatalogue`: the playbooks of this machine, checked. `PlaybooksService`: dry
 * runs, approvals, runs and what they printed.
 * Needs: The command store, the way out to other machines, a folder to run in, and from the
 * composition root people, incidents and the feed.
 * Does not touch: Incidents, beyond adding to a timeline what a run did.
 *
 * ```ts
 * const action = playbooks.dryRun(by, { incidentId, playbookId, params });
 * playbooks.approve(approver, action.id);
 * ```
 */

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
