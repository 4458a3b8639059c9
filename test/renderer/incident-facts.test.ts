import { expect, test } from "vitest";
import {
	factsCount,
	factsOf,
	readFacts,
} from "../../src-renderer/state/incident-facts.ts";
import { incidentStates } from "../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../src-shared/domain/severity.ts";

test("facts say what they were made of, each in another number", () => {
	const seen = new Set<number>();
	for (const severity of severityRanks) {
		for (const state of incidentStates) {
			for (const isHistory of [false, true]) {
				const row = { severity, state, isHistory };
				const facts = factsOf(row);
				expect(readFacts(facts)).toEqual(row);
				expect(facts).toBeLessThan(factsCount);
				seen.add(facts);
			}
		}
	}
	expect(seen.size).toBe(severityRanks.length * incidentStates.length * 2);
});
