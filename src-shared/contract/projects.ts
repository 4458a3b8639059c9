import { oc } from "@orpc/contract";
import { z } from "zod";
import { roles } from "../domain/roles.ts";
import { longestEmail, longestSlug } from "../domain/text-limits.ts";
import { instant, name, remark } from "./shapes.ts";

/** A project as the one who asks stands to it. */
export const projectSummary = z.object({
	id: z.string(),
	tenantId: z.string(),
	name: z.string(),
	slug: z.string(),
	description: z.string(),
	/** An IANA name. */
	timezone: z.string(),
	/** What is in a project that is not active can be read, and nothing is added to it. */
	isActive: z.boolean(),
	/** The tenant's first: what was opened without naming a project is in it. */
	isFirst: z.boolean(),
	createdAt: instant,
	updatedAt: instant,
	memberCount: z.number().int(),
	/** The role of the one who asks. */
	role: z.enum(roles),
});
export type ProjectSummary = z.infer<typeof projectSummary>;

/** A person's place in a project. */
export const projectMember = z.object({
	userId: z.string(),
	email: z.string(),
	name: z.string(),
	role: z.enum(roles),
	joinedAt: instant,
	/** False for a person who was turned off. */
	isActive: z.boolean(),
});
export type ProjectMember = z.infer<typeof projectMember>;

const slug = z.string().max(longestSlug);
const timezone = z.string().max(100);
const byId = z.object({ id: z.string() });

const opening = {
	NOT_FOUND: { message: "No such project." },
	/** Not a member, or with too weak a role. */
	FORBIDDEN: { message: "Your role in this project does not allow this." },
};
const naming = {
	INVALID: { message: "Invalid input." },
	TAKEN: { message: "That slug is taken." },
};
const membership = {
	...opening,
	/** The project's last owner, or an owner of the tenant. */
	CONFLICT: { message: "The project must keep an owner." },
};

export const projectsContract = {
	/** Those that the person is in, oldest first. */
	list: oc.output(z.array(projectSummary)),
	get: oc.errors(opening).input(byId).output(projectSummary),
	/** Whoever makes it owns it. A slug is made from the name where none is given. */
	create: oc
		.errors(naming)
		.input(
			z.object({
				name,
				slug: slug.optional(),
				description: remark.optional(),
				timezone: timezone.optional(),
			}),
		)
		.output(projectSummary),
	/** For its owners. */
	update: oc
		.errors({
			...opening,
			...naming,
			CONFLICT: { message: "The tenant's first project stays active." },
		})
		.input(
			byId.extend({
				name: name.optional(),
				slug: slug.optional(),
				description: remark.optional(),
				timezone: timezone.optional(),
				isActive: z.boolean().optional(),
			}),
		)
		.output(projectSummary),
	members: oc.errors(opening).input(byId).output(z.array(projectMember)),
	/** For its admins: a person of the tenant, by address. */
	addMember: oc
		.errors({
			...membership,
			DUPLICATE: { message: "They are a member already." },
		})
		.input(
			byId.extend({ email: z.string().max(longestEmail), role: z.enum(roles) }),
		)
		.output(projectMember),
	setMemberRole: oc
		.errors(membership)
		.input(byId.extend({ userId: z.string(), role: z.enum(roles) }))
		.output(projectMember),
	removeMember: oc
		.errors(membership)
		.input(byId.extend({ userId: z.string() }))
		.output(z.object({ userId: z.string() })),
};
