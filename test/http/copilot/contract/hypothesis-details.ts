import { documented, fieldsOf } from "../copilot-document.ts";
import { type Details, paged } from "./details.ts";

export const hypotheses = documented("GET /incidents/{id}/hypotheses");
export const verdicts = ["accepted", "rejected", "unsure", "uncertain"];

/** What incidents are thought to come from, and what people think of that. */
export const hypothesisDetails: Details = {
	"GET /incidents/{id}/hypotheses": {
		ok: hypotheses.status,
		fields: fieldsOf(hypotheses.response),
		errors: [403, 404],
		more: paged(),
	},
	"POST /incidents/{id}/hypotheses/{hid}/feedback": {
		ok: 200,
		fields: fieldsOf(hypotheses.response),
		errors: [403, 404, 409],
		more: [
			...verdicts.map((word) => `input feedback=${word}`),
			...["feedback", "notes"].map((name) => `bad ${name}`),
		],
	},
};
