import { alertRuleOperations } from "./alert-rule-operations.ts";
import { analysis } from "./analysis.ts";
import { asRpcError } from "./error-mapping.ts";
import { operations } from "./operations.ts";
import { admin, api, engineer } from "./procedures.ts";
import { silenceOperations } from "./silence-operations.ts";

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
	projects,
} = api;

/** The contract over the engine's services, for every transport. */
export const router = api.router({
	...operations,
	...silenceOperations,
	...alertRuleOperations,
	...analysis,
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
