import { api } from "./procedures.ts";

const { silences } = api;

/** The calls about silences at the source. What a person may do is their role in the project, which the engine asks for. */
export const silenceOperations = {
	silences: {
		preview: silences.preview.handler(({ context, input, signal }) =>
			context.services.silences.preview(context.principal(), input, signal),
		),
		create: silences.create.handler(({ context, input, signal }) =>
			context.services.silences.create(context.principal(), input, signal),
		),
		list: silences.list.handler(({ context, input, signal }) =>
			context.services.silences.list(context.principal(), input, signal),
		),
		expire: silences.expire.handler(({ context, input, signal }) =>
			context.services.silences.expire(context.principal(), input, signal),
		),
	},
};
