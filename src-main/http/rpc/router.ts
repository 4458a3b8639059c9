import { implement } from "@orpc/server";
import { contract } from "../../../src-shared/contract/index.ts";
import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../../engine/errors.ts";
import type { RpcContext } from "./context.ts";
import { asRpcError } from "./error-mapping.ts";

const base = implement(contract).$context<RpcContext>();
const api = base.use(async ({ context, next }) => {
	try {
		return await next();
	} catch (error) {
		throw asRpcError(error, context.log);
	}
});

/** Refuses callers below a role. Reads need none: every member of a tenant may read. */
function needs(role: Role) {
	return base.middleware(({ context, next }) => {
		if (!roleAtLeast(context.principal().role, role)) {
			throw new EngineError("FORBIDDEN");
		}
		return next();
	});
}

const engineer = needs("engineer");
const admin = needs("admin");

const {
	system,
	incidents,
	models,
	drift,
	imports,
	jobs,
	demo,
	keys,
	users,
	settings,
	playbooks,
	webhooks,
	projects,
	integrations,
	alerts,
	hypotheses,
} = api;

/** The contract over the engine's services, for every transport. */
export const router = api.router({
	system: {
		session: system.session.handler(({ context, input }) =>
			context.services.system.session(context.principal(), input),
		),
		status: system.status.handler(({ context, input }) =>
			context.services.system.status(context.principal(), input),
		),
	},
	incidents: {
		list: incidents.list.handler(({ context, input }) =>
			context.services.incidents.list(context.principal(), input),
		),
		get: incidents.get.handler(({ context, input }) =>
			context.services.incidents.get(context.principal(), input),
		),
		create: incidents.create
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.incidents.create(context.principal(), input),
			),
		act: incidents.act
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.incidents.act(context.principal(), input),
			),
		undo: incidents.undo
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.incidents.undo(context.principal(), input),
			),
		addNote: incidents.addNote
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.incidents.addNote(context.principal(), input),
			),
		owners: incidents.owners.handler(({ context, input }) =>
			context.services.incidents.owners(context.principal(), input),
		),
		verify: incidents.verify.handler(({ context, input }) =>
			context.services.incidents.verify(context.principal(), input),
		),
	},
	models: {
		list: models.list.handler(({ context, input }) =>
			context.services.models.list(context.principal(), input),
		),
		get: models.get.handler(({ context, input }) =>
			context.services.models.get(context.principal(), input),
		),
		setMonitor: models.setMonitor
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.models.setMonitor(context.principal(), input),
			),
		performance: models.performance.handler(({ context, input, signal }) =>
			context.services.models.performance(context.principal(), input, signal),
		),
	},
	drift: {
		history: drift.history.handler(({ context, input }) =>
			context.services.drift.history(context.principal(), input),
		),
		evidence: drift.evidence.handler(({ context, input }) =>
			context.services.drift.evidence(context.principal(), input),
		),
		assess: drift.assess
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.drift.assess(context.principal(), input, signal),
			),
		assessHistory: drift.assessHistory
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.drift.assessHistory(context.principal(), input),
			),
	},
	imports: {
		inspect: imports.inspect
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.imports.inspect(context.principal(), input, signal),
			),
		start: imports.start
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.imports.start(context.principal(), input),
			),
	},
	jobs: {
		list: jobs.list.handler(({ context, input }) =>
			context.services.jobs.list(context.principal(), input),
		),
		get: jobs.get.handler(({ context, input }) =>
			context.services.jobs.get(context.principal(), input),
		),
		cancel: jobs.cancel
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.jobs.cancel(context.principal(), input),
			),
	},
	demo: {
		load: demo.load
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.demo.load(context.principal(), input),
			),
	},
	keys: {
		list: keys.list.handler(({ context, input }) =>
			context.services.keys.list(context.principal(), input),
		),
		create: keys.create
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.keys.create(context.principal(), input),
			),
		revoke: keys.revoke
			.use(engineer)
			.handler(({ context, input }) =>
				context.services.keys.revoke(context.principal(), input),
			),
	},
	users: {
		add: users.add
			.use(admin)
			.handler(({ context, input }) =>
				context.services.users.add(context.principal(), input),
			),
		list: users.list.handler(({ context, input, signal }) =>
			context.services.users.list(context.principal(), input, signal),
		),
		setRole: users.setRole
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.users.setRole(context.principal(), input, signal),
			),
		setActive: users.setActive
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.users.setActive(context.principal(), input, signal),
			),
		setPassword: users.setPassword.handler(({ context, input, signal }) =>
			context.services.users.setPassword(context.principal(), input, signal),
		),
	},
	settings: {
		get: settings.get.handler(({ context, input, signal }) =>
			context.services.settings.get(context.principal(), input, signal),
		),
		set: settings.set
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.settings.set(context.principal(), input, signal),
			),
		limits: settings.limits.handler(({ context, input, signal }) =>
			context.services.settings.limits(context.principal(), input, signal),
		),
	},
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
	// What a person may do in a project is their role in that project, which the engine asks for.
	projects: {
		list: projects.list.handler(({ context, input, signal }) =>
			context.services.projects.list(context.principal(), input, signal),
		),
		get: projects.get.handler(({ context, input, signal }) =>
			context.services.projects.get(context.principal(), input, signal),
		),
		create: projects.create
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.projects.create(context.principal(), input, signal),
			),
		update: projects.update.handler(({ context, input, signal }) =>
			context.services.projects.update(context.principal(), input, signal),
		),
		members: projects.members.handler(({ context, input, signal }) =>
			context.services.projects.members(context.principal(), input, signal),
		),
		addMember: projects.addMember.handler(({ context, input, signal }) =>
			context.services.projects.addMember(context.principal(), input, signal),
		),
		setMemberRole: projects.setMemberRole.handler(
			({ context, input, signal }) =>
				context.services.projects.setMemberRole(
					context.principal(),
					input,
					signal,
				),
		),
		removeMember: projects.removeMember.handler(({ context, input, signal }) =>
			context.services.projects.removeMember(
				context.principal(),
				input,
				signal,
			),
		),
	},
	// The role in the project counts here, too.
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
	live: {
		changes: api.live.changes.handler(async function* ({
			context,
			input,
			signal,
		}) {
			try {
				yield* context.services.live.changes(
					context.principal(),
					input,
					signal,
				);
			} catch (error) {
				throw asRpcError(error, context.log);
			}
		}),
	},
});
export type Router = typeof router;
