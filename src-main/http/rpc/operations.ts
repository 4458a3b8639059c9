import { admin, api, engineer } from "./procedures.ts";

const { playbooks, webhooks, integrations, alerts, hypotheses } = api;

/** The calls about what is done to an incident and who is told of it. */
export const operations = {
	playbooks: {
		catalogue: playbooks.catalogue.handler(({ context, input, signal }) =>
			context.services.playbooks.catalogue(context.principal(), input, signal),
		),
		reload: playbooks.reload
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.reload(context.principal(), input, signal),
			),
		forIncident: playbooks.forIncident.handler(({ context, input, signal }) =>
			context.services.playbooks.forIncident(
				context.principal(),
				input,
				signal,
			),
		),
		dryRun: playbooks.dryRun
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.dryRun(context.principal(), input, signal),
			),
		requestApproval: playbooks.requestApproval
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.requestApproval(
					context.principal(),
					input,
					signal,
				),
			),
		approve: playbooks.approve
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.approve(context.principal(), input, signal),
			),
		decline: playbooks.decline
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.decline(context.principal(), input, signal),
			),
		execute: playbooks.execute
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.execute(context.principal(), input, signal),
			),
		cancel: playbooks.cancel
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.cancel(context.principal(), input, signal),
			),
		rollback: playbooks.rollback
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.rollback(context.principal(), input, signal),
			),
		settle: playbooks.settle
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.settle(context.principal(), input, signal),
			),
		endProcess: playbooks.endProcess
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.playbooks.endProcess(
					context.principal(),
					input,
					signal,
				),
			),
		action: playbooks.action.handler(({ context, input, signal }) =>
			context.services.playbooks.action(context.principal(), input, signal),
		),
		actions: playbooks.actions.handler(({ context, input, signal }) =>
			context.services.playbooks.actions(context.principal(), input, signal),
		),
		output: playbooks.output.handler(({ context, input, signal }) =>
			context.services.playbooks.output(context.principal(), input, signal),
		),
	},
	webhooks: {
		list: webhooks.list
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.list(context.principal(), input, signal),
			),
		create: webhooks.create
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.create(context.principal(), input, signal),
			),
		update: webhooks.update
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.update(context.principal(), input, signal),
			),
		remove: webhooks.remove
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.remove(context.principal(), input, signal),
			),
		rotateSecret: webhooks.rotateSecret
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.rotateSecret(
					context.principal(),
					input,
					signal,
				),
			),
		test: webhooks.test
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.test(context.principal(), input, signal),
			),
		deliveries: webhooks.deliveries
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.deliveries(
					context.principal(),
					input,
					signal,
				),
			),
		replay: webhooks.replay
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.replay(context.principal(), input, signal),
			),
		replayAll: webhooks.replayAll
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.webhooks.replayAll(context.principal(), input, signal),
			),
	},
	integrations: {
		list: integrations.list.handler(({ context, input, signal }) =>
			context.services.integrations.list(context.principal(), input, signal),
		),
		get: integrations.get.handler(({ context, input, signal }) =>
			context.services.integrations.get(context.principal(), input, signal),
		),
		create: integrations.create.handler(({ context, input, signal }) =>
			context.services.integrations.create(context.principal(), input, signal),
		),
		update: integrations.update.handler(({ context, input, signal }) =>
			context.services.integrations.update(context.principal(), input, signal),
		),
		remove: integrations.remove.handler(({ context, input, signal }) =>
			context.services.integrations.remove(context.principal(), input, signal),
		),
		rotateSecret: integrations.rotateSecret.handler(
			({ context, input, signal }) =>
				context.services.integrations.rotateSecret(
					context.principal(),
					input,
					signal,
				),
		),
		test: integrations.test.handler(({ context, input, signal }) =>
			context.services.integrations.test(context.principal(), input, signal),
		),
		testConnection: integrations.testConnection.handler(
			({ context, input, signal }) =>
				context.services.integrations.testConnection(
					context.principal(),
					input,
					signal,
				),
		),
	},
	alerts: {
		list: alerts.list.handler(({ context, input, signal }) =>
			context.services.alerts.list(context.principal(), input, signal),
		),
		get: alerts.get.handler(({ context, input, signal }) =>
			context.services.alerts.get(context.principal(), input, signal),
		),
		act: alerts.act.handler(({ context, input, signal }) =>
			context.services.alerts.act(context.principal(), input, signal),
		),
		undo: alerts.undo.handler(({ context, input, signal }) =>
			context.services.alerts.undo(context.principal(), input, signal),
		),
	},
	hypotheses: {
		forIncident: hypotheses.forIncident.handler(({ context, input, signal }) =>
			context.services.hypotheses.forIncident(
				context.principal(),
				input,
				signal,
			),
		),
		change: hypotheses.change.handler(({ context, input, signal }) =>
			context.services.hypotheses.change(context.principal(), input, signal),
		),
		generate: hypotheses.generate
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.hypotheses.generate(
					context.principal(),
					input,
					signal,
				),
			),
		feedback: hypotheses.feedback
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.hypotheses.feedback(
					context.principal(),
					input,
					signal,
				),
			),
	},
};
