import { api } from "./procedures.ts";

const { alertRules } = api;

/** The calls about how alerts become incidents. What a person may do is their role in the project, which the engine asks for. */
export const alertRuleOperations = {
	alertRules: {
		list: alertRules.list.handler(({ context, input, signal }) =>
			context.services.alertRules.list(context.principal(), input, signal),
		),
		create: alertRules.create.handler(({ context, input, signal }) =>
			context.services.alertRules.create(context.principal(), input, signal),
		),
		update: alertRules.update.handler(({ context, input, signal }) =>
			context.services.alertRules.update(context.principal(), input, signal),
		),
		remove: alertRules.remove.handler(({ context, input, signal }) =>
			context.services.alertRules.remove(context.principal(), input, signal),
		),
		reorder: alertRules.reorder.handler(({ context, input, signal }) =>
			context.services.alertRules.reorder(context.principal(), input, signal),
		),
		preview: alertRules.preview.handler(({ context, input, signal }) =>
			context.services.alertRules.preview(context.principal(), input, signal),
		),
		matching: alertRules.matching.handler(({ context, input, signal }) =>
			context.services.alertRules.matching(context.principal(), input, signal),
		),
		mutes: alertRules.mutes.handler(({ context, input, signal }) =>
			context.services.alertRules.mutes(context.principal(), input, signal),
		),
		addMute: alertRules.addMute.handler(({ context, input, signal }) =>
			context.services.alertRules.addMute(context.principal(), input, signal),
		),
		endMute: alertRules.endMute.handler(({ context, input, signal }) =>
			context.services.alertRules.endMute(context.principal(), input, signal),
		),
		windows: alertRules.windows.handler(({ context, input, signal }) =>
			context.services.alertRules.windows(context.principal(), input, signal),
		),
		addWindow: alertRules.addWindow.handler(({ context, input, signal }) =>
			context.services.alertRules.addWindow(context.principal(), input, signal),
		),
		updateWindow: alertRules.updateWindow.handler(
			({ context, input, signal }) =>
				context.services.alertRules.updateWindow(
					context.principal(),
					input,
					signal,
				),
		),
		removeWindow: alertRules.removeWindow.handler(
			({ context, input, signal }) =>
				context.services.alertRules.removeWindow(
					context.principal(),
					input,
					signal,
				),
		),
		forIncident: alertRules.forIncident.handler(({ context, input, signal }) =>
			context.services.alertRules.forIncident(
				context.principal(),
				input,
				signal,
			),
		),
		place: alertRules.place.handler(({ context, input, signal }) =>
			context.services.alertRules.place(context.principal(), input, signal),
		),
		undoPlace: alertRules.undoPlace.handler(({ context, input, signal }) =>
			context.services.alertRules.undoPlace(context.principal(), input, signal),
		),
	},
};
