import { z } from "zod";
import type { Hypothesis } from "../../../src-shared/contract/index.ts";
import { longestRemark } from "../../../src-shared/domain/text-limits.ts";
import { EngineError } from "../../engine/errors.ts";
import { grantedProject } from "../door.ts";
import { instantText } from "../instant-text.ts";
import { instantField, type SchemaApp, uuidField } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { proseField } from "../text-fields.ts";
import { incidentHere } from "./current-project.ts";
import { incidentParams } from "./incident-schemas.ts";
import { pageHeaders, pageOf, pageQuery, tellPage } from "./paging.ts";

const share = z.number().min(0).max(1);
const verdict = z.enum(["accepted", "rejected", "unsure"]);

const hypothesis = z
	.strictObject({
		id: uuidField,
		incident_id: uuidField,
		claim: z.string(),
		description: z.string(),
		confidence_score: share,
		confidence_lower: share,
		confidence_upper: share,
		rank: z.int().min(1),
		supporting_evidence: z.array(z.string()),
		contradicting_evidence: z.array(z.string()),
		user_feedback: verdict.nullable().meta({
			description: "The newest that anybody gave.",
		}),
		created_at: instantField,
	})
	.meta({ id: "CopilotHypothesis" });

const feedbackParams = z.strictObject({
	...incidentParams.shape,
	hypothesis_id: incidentParams.shape.incident_id,
});

/** `uncertain` is another word for `unsure`. */
const feedback = z.strictObject({
	feedback: z.enum([...verdict.options, "uncertain"]),
	notes: proseField.max(longestRemark).optional(),
});

/** API B: what an incident is thought to come from, and what people think of that. */
export function hypothesisRoutes(app: SchemaApp, engine: ServedEngine): void {
	const { insight } = engine;

	app.get(
		"/incidents/:incident_id/hypotheses",
		{
			schema: {
				summary: "What caused an incident, the likeliest first",
				description:
					"Made from Tocsin's own records in the background; none without evidence.",
				params: incidentParams,
				querystring: z.strictObject(pageQuery),
				response: { 200: z.array(hypothesis) },
				answerHeaders: pageHeaders,
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			const by = grantedProject(request);
			const { id } = incidentHere(engine, by, request.params.incident_id);
			const { items } = insight.forIncident(by, id);
			tellPage(request, reply, request.query, items.length);
			return pageOf(items, request.query).map(hypothesisJson);
		},
	);

	app.post(
		"/incidents/:incident_id/hypotheses/:hypothesis_id/feedback",
		{
			schema: {
				summary: "Say what you think of a hypothesis",
				description:
					"In the place of what you thought before. Moves the hypothesis and later ones of its kind.",
				params: feedbackParams,
				body: feedback,
				response: { 200: hypothesis },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedProject(request, "engineer");
			const { incident_id, hypothesis_id } = request.params;
			const { id } = incidentHere(engine, by, incident_id);
			const known = insight
				.forIncident(by, id)
				.items.some((each) => each.id === hypothesis_id);
			if (!known) {
				throw new EngineError("NOT_FOUND", "No such hypothesis.");
			}
			const { feedback: given, notes } = request.body;
			return hypothesisJson(
				insight.feedback(by, hypothesis_id, {
					verdict: given === "uncertain" ? "unsure" : given,
					...(notes === undefined ? {} : { note: notes }),
				}),
			);
		},
	);
}

function hypothesisJson(given: Hypothesis): z.output<typeof hypothesis> {
	const newest = given.feedback.toSorted((one, other) => one.at - other.at);
	return {
		id: given.id,
		incident_id: given.incidentId,
		claim: given.claim,
		description: given.description,
		confidence_score: given.confidence.score,
		confidence_lower: given.confidence.lower,
		confidence_upper: given.confidence.upper,
		rank: given.rank,
		supporting_evidence: given.supporting.map(({ text }) => text),
		contradicting_evidence: given.contradicting.map(({ text }) => text),
		user_feedback: newest.at(-1)?.verdict ?? null,
		created_at: instantText(given.createdAt),
	};
}
