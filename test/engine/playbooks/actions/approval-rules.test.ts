// Who may approve, and what an approval is still good for, row by row of the table and at
// the borders of its hour.
import { describe, expect, test } from "vitest";
import type { ApprovalRow } from "../../../../src-main/engine/playbooks/actions/action-schema.ts";
import {
	approvalFault,
	approvalMillis,
	approverFault,
	isStanding,
} from "../../../../src-main/engine/playbooks/actions/approval-rules.ts";

const person = { kind: "person", id: "ada", name: "Ada" } as const;

describe("who approves", () => {
	test.each([
		[{ kind: "api", id: "key", name: "CI" }, "owner", false],
		[{ kind: "monitor", id: null, name: "Monitor" }, "owner", false],
		[person, null, false],
		[person, "viewer", false],
		[person, "engineer", false],
		[person, "admin", true],
		[person, "owner", true],
	] as const)("%j with the role %s: %s", (actor, role, may) => {
		const fault = approverFault({
			actor,
			role,
			runners: [],
			isFourEyes: false,
		});
		expect(fault === null).toBe(may);
	});

	test.each([
		[["ada"], false, true],
		[["ada"], true, false],
		[["grace", "ada"], true, false],
		[["grace", null], true, true],
	])("behind the run %j, four eyes %s: %s", (runners, isFourEyes, may) => {
		const fault = approverFault({
			actor: person,
			role: "owner",
			runners,
			isFourEyes,
		});
		expect(fault === null).toBe(may);
	});
});

describe("what an approval is good for", () => {
	const approval: ApprovalRow = {
		key: 1,
		tenant_id: 1,
		action_id: "a",
		hash: "h",
		approver_id: "ada",
		approver_name: "Ada",
		approved_at: 1_000,
		expires_at: 1_000 + approvalMillis,
		used_at: null,
		withdrawn_at: null,
	};

	test.each([
		["at once", {}, "h", 1_000, null],
		["at its last moment", {}, "h", approval.expires_at - 1, null],
		["when it expires", {}, "h", approval.expires_at, "FORBIDDEN"],
		["of something else", {}, "other", 1_000, "CONFLICT"],
		["used", { used_at: 1_001 }, "h", 1_002, "CONFLICT"],
		["taken back", { withdrawn_at: 1_001 }, "h", 1_002, "FORBIDDEN"],
	] as const)("%s", (_, more, hash, now, code) => {
		const row = { ...approval, ...more };
		expect(approvalFault(row, hash, now)?.code ?? null).toBe(code);
		if (hash === row.hash) expect(isStanding(row, now)).toBe(code === null);
	});
});
