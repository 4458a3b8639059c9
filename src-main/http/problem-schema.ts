import { z } from "zod";

/** The document's schema of a problem; `members` are those that every problem of an API has beside. */
export function problemSchema(id: string, members: Record<string, z.ZodType>) {
	return z
		.looseObject({
			type: z.string().meta({
				description:
					"What kind of refusal it is, such as urn:tocsin:error:not-found.",
			}),
			title: z.string(),
			status: z.int(),
			detail: z.string().meta({ description: "What is wrong, for people." }),
			instance: z.string().meta({ description: "The path that was asked." }),
			errors: z
				.array(z.object({ field: z.string(), message: z.string() }))
				.optional()
				.meta({ description: "Each field at fault." }),
			...members,
		})
		.meta({ id, description: "RFC 9457 problem details." });
}

export const problemDetails = problemSchema("Problem", {});
