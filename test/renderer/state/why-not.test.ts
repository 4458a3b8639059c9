// The page refuses exactly what the table of needs refuses: a role below the one needed, and a
// change of what is in a project that is not active. A call with a new line is tried by itself.
import { expect, test } from "vitest";
import { whyNot } from "../../../src-renderer/state/why-not.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import {
	type Need,
	notActive,
} from "../../../src-shared/domain/access/need.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";

const calls: Readonly<Record<string, Readonly<Record<string, Need>>>> =
	callNeeds;
const lines = Object.entries(calls).flatMap(([group, needs]) =>
	Object.entries(needs).map(([call, need]) => ({
		name: `${group}.${call}`,
		need,
	})),
);
const strength: Readonly<Record<Role, number>> = {
	viewer: 0,
	engineer: 1,
	admin: 2,
	owner: 3,
};
const people = [
	["viewer", "You are a viewer"],
	["engineer", "You are an engineer"],
	["admin", "You are an admin"],
	["owner", "You are an owner"],
] as const;

test.each(lines)("$name", ({ need }) => {
	for (const [role, start] of people) {
		const isTooWeak = strength[role] < strength[need.role];
		const needed =
			need.role === "owner"
				? "the role owner."
				: `the role ${need.role} or more.`;
		if (need.of === "tenant") {
			expect(whyNot(need, { role, tenant: { id: "t", name: "Acme" } })).toBe(
				isTooWeak ? `${start}; this needs ${needed}` : null,
			);
			continue;
		}
		for (const isActive of [true, false]) {
			const isClosed =
				!isActive && need.changes === "content" && need.role !== "viewer";
			expect(whyNot(need, { role, name: "Checkout", isActive })).toBe(
				isTooWeak
					? `${start} of Checkout; this needs ${needed}`
					: isClosed
						? notActive
						: null,
			);
		}
	}
});
