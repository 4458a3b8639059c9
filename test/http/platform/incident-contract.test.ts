// API A's incidents, made from its document: every operation, field, status, header, filter
// and edge of the lifecycle, allowed and refused. What is refused changes nothing. Every
// answer is also held against `/openapi.json`.
import { expect, test } from "vitest";
import { coverageFaults, coverageTable } from "../contract-coverage.ts";
import { accessContract } from "./contract/access-contract.ts";
import { bodyContract } from "./contract/body-contract.ts";
import { createContract } from "./contract/create-contract.ts";
import { listContract } from "./contract/list-contract.ts";
import { promised } from "./contract/operations.ts";
import { patchContract } from "./contract/patch-contract.ts";
import { timelineContract } from "./contract/timeline-contract.ts";
import { sharedPlatform } from "./open-platform.ts";

const platform = sharedPlatform();

listContract(platform);
createContract(platform);
timelineContract(platform);
patchContract(platform);
bodyContract(platform);
accessContract(platform);

test("all that the document promises was exercised, and nothing failed inside", () => {
	console.info(`\n${coverageTable("A", promised)}\n`);
	expect(coverageFaults("A", promised)).toEqual({ missing: [], unknown: [] });
	expect(platform().faults).toEqual([]);
});
