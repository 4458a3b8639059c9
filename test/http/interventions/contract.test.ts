// API E is what its document says, from the document's own text: every operation, field,
// type, status, header, error code, filter, move and limit; what the document leaves open
// is as it was settled. The table at the end says how much of that was seen, and nothing
// of it may be missing.
import { describe, expect, test } from "vitest";
import { coverageFaults, coverageTable } from "../contract-coverage.ts";
import { accessContract } from "./contract/access-contract.ts";
import { actionContract } from "./contract/action-contract.ts";
import { incidentFields } from "./contract/incident-fields.ts";
import { incidentList } from "./contract/incident-list.ts";
import { incidentMoves } from "./contract/incident-moves.ts";
import { operations, promised } from "./contract/operations.ts";
import { sharedInterventions } from "./contract/shared-interventions.ts";
import { streamContract } from "./contract/stream-contract.ts";
import { documentedOperations } from "./interventions-document.ts";

describe("API E", () => {
	const shared = sharedInterventions();
	incidentList(shared);
	incidentFields(shared);
	incidentMoves(shared);
	actionContract(shared);
	accessContract(shared);
	streamContract();
});

test("every operation of the document is in the table, and two that it leaves out", () => {
	const known: string[] = Object.values(operations);
	expect(documentedOperations.map(({ heading }) => heading).sort()).toEqual(
		known
			.filter(
				(heading) =>
					heading !== operations.create && heading !== operations.patch,
			)
			.sort(),
	);
});

test("nothing that is promised went unseen", () => {
	console.log(coverageTable("E", promised));
	expect(coverageFaults("E", promised)).toEqual({ missing: [], unknown: [] });
});
