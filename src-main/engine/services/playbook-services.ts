import type { PlaybooksService } from "../playbooks/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about playbooks and their actions. */
export function playbookServices(
	playbooks: PlaybooksService,
): ContractServices["playbooks"] {
	return {
		catalogue: (principal) => playbooks.catalogue(principal),
		reload: (principal) => playbooks.reload(principal),
		forIncident: (principal, { incidentId }) =>
			playbooks.forIncident(principal, incidentId),
		dryRun: (principal, input) => playbooks.dryRun(principal, input),
		requestApproval: (principal, { actionId }) =>
			playbooks.requestApproval(principal, actionId),
		approve: (principal, { actionId }) =>
			playbooks.approve(principal, actionId),
		decline: (principal, { actionId, reason }) =>
			playbooks.decline(principal, actionId, reason),
		execute: async (principal, { dryRunId }) =>
			(await playbooks.execute(principal, { dryRunId })).action,
		cancel: (principal, { actionId }) => playbooks.cancel(principal, actionId),
		rollback: async (principal, { actionId }) =>
			(await playbooks.rollback(principal, { actionId })).action,
		settle: (principal, input) => playbooks.settle(principal, input),
		endProcess: (principal, { actionId }) =>
			playbooks.endProcess(principal, actionId),
		action: (principal, { actionId }) => playbooks.action(principal, actionId),
		actions: (principal, filter) => playbooks.actions(principal, filter),
		output: (principal, { actionId, after, limit }) =>
			playbooks.output(principal, actionId, after, limit),
	};
}
