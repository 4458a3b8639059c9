import { z } from "zod";

/** RFC 9457 problem details; some carry more members, such as `errors` or the id of what exists. */
export const problemDetails = z
	.looseObject({
		type: z.string(),
		title: z.string(),
		status: z.int(),
		detail: z.string(),
		instance: z.string(),
		errors: z
			.array(z.object({ field: z.string(), message: z.string() }))
			.optional(),
	})
	.meta({
		id: "Problem",
		description:
			"RFC 9457 problem details. `errors` names each field at fault.",
	});
