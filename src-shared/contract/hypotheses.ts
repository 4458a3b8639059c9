import { oc } from "@orpc/contract";
import { z } from "zod";
import { hypothesisKinds } from "../domain/hypothesis-kinds.ts";
import { instant, remark } from "./shapes.ts";

export const hypothesisKind = z.enum(hypothesisKinds);

/** A fact for or against a hypothesis; `text` may hold a stranger's words. */
export const hypothesisEvidence = z.object({
	text: z.string(),
	/** The stored record that holds it. */
	record: z.object({
		kind: z.enum([
			"change",
			"model_version",
			"drift",
			"alert",
			"action",
			"incident",
			"feedback",
		]),
		id: z.string(),
	}),
	/** Log-odds, never negative: for or against is where it stands. */
	weight: z.number().nonnegative(),
	at: instant,
});
export type HypothesisEvidence = z.infer<typeof hypothesisEvidence>;

const share = z.number().min(0).max(1);
export const hypothesisVerdict = z.enum(["accepted", "rejected", "unsure"]);

export const hypothesis = z.object({
	/** The same for the same cause in every version. */
	id: z.string(),
	incidentId: z.string(),
	/** From 1, the likeliest. */
	rank: z.number().int().min(1),
	kind: hypothesisKind,
	claim: z.string(),
	description: z.string(),
	/** A probability, and the range that nine of ten such hypotheses lie in; wide while few were judged. */
	confidence: z.object({ score: share, lower: share, upper: share }),
	/** What each part of the evidence adds, in log-odds. */
	components: z.record(z.string(), z.number()),
	supporting: z.array(hypothesisEvidence).min(1),
	contradicting: z.array(hypothesisEvidence),
	/** One a person, oldest first. */
	feedback: z.array(
		z.object({
			personId: z.string(),
			personName: z.string(),
			verdict: hypothesisVerdict,
			note: z.string(),
			at: instant,
			/** What it did to the hypothesis when it was given. */
			effect: z.object({
				scoreBefore: share,
				scoreAfter: share,
				rankBefore: z.number().int(),
				rankAfter: z.number().int(),
			}),
		}),
	),
	createdAt: instant,
});
export type Hypothesis = z.infer<typeof hypothesis>;

export const hypothesisReport = z.object({
	incidentId: z.string(),
	/** Rises with every new one; 0 before the first. */
	version: z.number().int().nonnegative(),
	generatedAt: instant.nullable(),
	/** The records do not tell the cause. */
	isInconclusive: z.boolean(),
	/** By rank. */
	items: z.array(hypothesis),
});
export type HypothesisReport = z.infer<typeof hypothesisReport>;

/** A deployment or another change, with all that was said of it; the words are a stranger's. */
export const changeDetail = z.object({
	id: z.string(),
	kind: z.enum(["deployment", "config_change"]),
	summary: z.string(),
	service: z.string().nullable(),
	modelId: z.string().nullable(),
	author: z.string().nullable(),
	/** What told of it by its own name. */
	source: z.string().nullable(),
	details: z.record(z.string(), z.string()),
	/** An address that may be anything. */
	link: z.string().nullable(),
	at: instant,
});
export type ChangeDetail = z.infer<typeof changeDetail>;

const byIncident = z.object({ incidentId: z.string() });
const noIncident = { NOT_FOUND: { message: "No such incident." } };

export const hypothesesContract = {
	/** As they were made last. */
	forIncident: oc.errors(noIncident).input(byIncident).output(hypothesisReport),
	/** A change that is evidence. */
	change: oc
		.errors({
			NOT_FOUND: { message: "No such change." },
			FORBIDDEN: { message: "You are not a member of this project." },
		})
		.input(z.object({ id: z.string() }))
		.output(changeDetail),
	/** Made from the records as they are now. */
	generate: oc.errors(noIncident).input(byIncident).output(hypothesisReport),
	/** In the place of what the same person thought before; null takes it back. */
	feedback: oc
		.errors({ NOT_FOUND: { message: "No such hypothesis." } })
		.input(
			z.object({
				id: z.string(),
				verdict: hypothesisVerdict.nullable(),
				note: remark.default(""),
			}),
		)
		.output(hypothesis),
};
