import { describe, expect, test } from "vitest";
import {
	type IncidentState,
	incidentStates,
} from "../../../../src-shared/domain/lifecycle.ts";
import { perform, see, type VerbOperation, verbs } from "./operations.ts";
import {
	openedIn,
	type SharedInterventions,
	stateOf,
} from "./shared-interventions.ts";

/** What each verb makes of each of Tocsin's states; null where it is refused. */
const moves: Readonly<
	Record<VerbOperation, Readonly<Record<IncidentState, string | null>>>
> = {
	acknowledge: table({ detected: "acknowledged" }),
	mitigate: table({
		detected: "mitigated",
		acknowledged: "mitigated",
		investigating: "mitigated",
	}),
	resolve: table({
		acknowledged: "resolved",
		investigating: "resolved",
		mitigated: "resolved",
	}),
	close: table({ mitigated: "closed", resolved: "closed" }),
};

/** How API E reads each of Tocsin's states. */
const words: Readonly<Record<IncidentState, string>> = {
	detected: "open",
	acknowledged: "acknowledged",
	investigating: "acknowledged",
	mitigated: "mitigated",
	resolved: "resolved",
	closed: "closed",
	learned: "closed",
	inconclusive: "closed",
};

/** Every edge, allowed and refused. */
export function incidentMoves(shared: () => SharedInterventions): void {
	const asOwner = () => ({ headers: shared().owner.authorized });
	const edges = verbs.flatMap((verb) =>
		incidentStates.map((state) => [verb, state, moves[verb][state]] as const),
	);

	describe("moves", () => {
		test.each(edges)("%s from %s: %s", async (verb, state, to) => {
			const id = await openedIn(shared(), state);
			const read = await perform(shared().opened, "one", { id, ...asOwner() });
			expect(read.body).toMatchObject({ status: words[state] });
			const before = stateOf(shared(), id);
			const answer = await perform(shared().opened, verb, {
				id,
				json: {},
				...asOwner(),
			});
			see(verb, `edge ${state}`);
			if (to === null) {
				expect(answer.status).toBe(400);
				const { error } = answer.body as {
					error: { message: string; details: { from: string } };
				};
				expect(error.message).toContain("Invalid status transition");
				expect(error.message).toContain(words[state]);
				expect(error.details.from).toBe(words[state]);
				expect(stateOf(shared(), id)).toEqual(before);
				return;
			}
			expect([answer.status, answer.body]).toMatchObject([
				200,
				{ id, status: to, [`${to}_at`]: expect.stringMatching(/Z$/) },
			]);
			const after = await perform(shared().opened, "one", {
				id,
				...asOwner(),
			});
			expect(after.body).toMatchObject({
				status: to,
				[`${to}_at`]: (answer.body as Record<string, unknown>)[`${to}_at`],
			});
		});

		test.each(verbs)("%s takes no body as an empty one", async (verb) => {
			const from = {
				acknowledge: "detected",
				mitigate: "detected",
				resolve: "mitigated",
				close: "resolved",
			} as const;
			const id = await openedIn(shared(), from[verb]);
			const answer = await perform(shared().opened, verb, {
				id,
				...asOwner(),
			});
			expect(answer.status).toBe(200);
		});
	});
}

function table(
	allowed: Partial<Record<IncidentState, string>>,
): Record<IncidentState, string | null> {
	return Object.fromEntries(
		incidentStates.map((state) => [state, allowed[state] ?? null]),
	) as Record<IncidentState, string | null>;
}
