import { admin, api } from "./procedures.ts";

const { analytics } = api;

/** The calls about what happened over time and what it cost. */
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
};
