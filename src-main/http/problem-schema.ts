import { z } from "zod";

/** A problem of `/api/v1`, for the document. */
export const problemDetails = z
	.looseObject({
		type: z.string().meta({
			description:
				"What kind of refusal it is, such as urn:tocsin:error:not-found.",
		}),
		title: z.string(),
		status: z.int(),
		code: z.string().meta({
			description: "The same in a word, such as VALIDATION_ERROR.",
		}),
		detail: z.string().meta({ description: "What is wrong, for people." }),
		instance: z.string().meta({ description: "The path that was asked." }),
		errors: z
			.array(z.object({ field: z.string(), message: z.string() }))
			.optional()
			.meta({ description: "Each field at fault." }),
	})
	.meta({
		id: "Problem",
		description:
			"RFC 9457 problem details, with what a program needs to go on, such as the id of what exists.",
	});
