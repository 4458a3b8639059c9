import { admin, api, engineer } from "./procedures.ts";

const { analytics, assistant } = api;

/** The calls about what happened over time, what it cost, and the model server that may be asked. */
export const analysis = {
	analytics: {
		incidents: analytics.incidents.handler(({ context, input, signal }) =>
			context.services.analytics.incidents(context.principal(), input, signal),
		),
		cost: analytics.cost.handler(({ context, input, signal }) =>
			context.services.analytics.cost(context.principal(), input, signal),
		),
		ofIncident: analytics.ofIncident.handler(({ context, input, signal }) =>
			context.services.analytics.ofIncident(context.principal(), input, signal),
		),
		prices: analytics.prices.handler(({ context, input, signal }) =>
			context.services.analytics.prices(context.principal(), input, signal),
		),
		setPrice: analytics.setPrice
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.analytics.setPrice(context.principal(), input, signal),
			),
		removePrice: analytics.removePrice
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.analytics.removePrice(
					context.principal(),
					input,
					signal,
				),
			),
	},
	assistant: {
		settings: assistant.settings.handler(({ context, input, signal }) =>
			context.services.assistant.settings(context.principal(), input, signal),
		),
		setServer: assistant.setServer
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.assistant.setServer(
					context.principal(),
					input,
					signal,
				),
			),
		removeServer: assistant.removeServer
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.assistant.removeServer(
					context.principal(),
					input,
					signal,
				),
			),
		setPolicy: assistant.setPolicy
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.assistant.setPolicy(
					context.principal(),
					input,
					signal,
				),
			),
		preview: assistant.preview
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.assistant.preview(context.principal(), input, signal),
			),
		confirm: assistant.confirm
			.use(admin)
			.handler(({ context, input, signal }) =>
				context.services.assistant.confirm(context.principal(), input, signal),
			),
		consult: assistant.consult
			.use(engineer)
			.handler(({ context, input, signal }) =>
				context.services.assistant.consult(context.principal(), input, signal),
			),
	},
};
