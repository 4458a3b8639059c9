import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fourEyesMeaning } from "../../../src-renderer/features/settings/approval-words.ts";
import {
	limitWords,
	windowWords,
} from "../../../src-renderer/features/settings/limit-words.ts";
import { suggestPassword } from "../../../src-renderer/features/settings/suggest-password.ts";
import {
	lockedReason,
	maySetPassword,
	roleChoices,
} from "../../../src-renderer/state/member-rules.ts";
import type { Session } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { person } from "../fake-tenant.ts";

// The words of the settings say what is so now; what somebody may not change is locked with
// its reason, as the engine would refuse it.

describe("what four eyes come to", () => {
	test.each([
		["auto", 1, false, /^Not asked for now, because there is only one/],
		["auto", 2, true, /^Asked for now, because there are 2/],
		["on", 1, true, /^Asked for, but there is only one .* nobody can approve/],
		["on", 3, true, /^Asked for\. Whoever runs/],
		["off", 1, false, /^Not asked for\./],
		["off", 5, false, /^Not asked for\./],
	] as const)("%s with %i", (fourEyes, approvers, isFourEyes, words) => {
		const meaning = fourEyesMeaning({
			fourEyes,
			approvers,
			isFourEyes,
			changedBy: null,
			changedAt: null,
		});
		expect(meaning).toMatch(words);
		expect(meaning.startsWith("Asked for")).toBe(isFourEyes);
	});
});

describe("limits", () => {
	test.each([
		[10, 60, "10", "60 s"],
		[1_000, 3_600, "1,000", "1 h"],
		[0, 300, "No limit", "5 min"],
		[5, 90, "5", "90 s"],
	])("%i in %i s", (requests, seconds, number, window) => {
		expect([limitWords(requests), windowWords(seconds)]).toEqual([
			number,
			window,
		]);
	});
});

describe("who may change whom", () => {
	const me = (role: Role, id = "me"): Session => ({
		user: { id, name: "Me", email: "me@example.com" },
		tenant: { id: "t", name: "T" },
		role,
		isLocalOwner: false,
	});

	test.each([
		["owner", "owner", null],
		["owner", "viewer", null],
		["admin", "admin", null],
		["admin", "owner", "Above your role"],
		[
			"engineer",
			"viewer",
			"You are an engineer; this needs the role admin or more.",
		],
		[
			"viewer",
			"viewer",
			"You are a viewer; this needs the role admin or more.",
		],
	] as const)("%s changes %s", (mine, theirs, reason) => {
		const other = person("other", "Other", theirs);
		expect(lockedReason(me(mine), other)).toBe(reason);
		expect(maySetPassword(me(mine), other)).toBe(reason === null);
	});

	test("nobody themselves, and nobody the owner of the engine's machine", () => {
		expect(lockedReason(me("owner"), person("me", "Me", "owner"))).toBe(
			"Others change your role",
		);
		const local = person("local", "Local", "owner", { isLocalOwner: true });
		expect(lockedReason(me("owner"), local)).toBe("Owner of the machine");
		expect(maySetPassword(me("owner"), local)).toBe(true);
	});

	test.each([
		["owner", ["owner", "admin", "engineer", "viewer"]],
		["admin", ["admin", "engineer", "viewer"]],
		["engineer", []],
	] as const)("%s gives no role above their own", (own, given) => {
		const choices = roleChoices(callNeeds.users.setRole, own);
		expect(choices.map(({ value }) => value)).toEqual(given);
	});
});

describe("a password that is made up", () => {
	test("is four groups of letters that are not mistaken for one another", () => {
		expect(suggestPassword()).toMatch(
			/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/,
		);
		expect(suggestPassword()).not.toBe(suggestPassword());
	});

	test("favours no letter: bytes beyond the last whole multiple are not used", () => {
		fc.assert(
			fc.property(fc.integer({ min: 248, max: 255 }), (late) => {
				let round = 0;
				const text = suggestPassword((bytes) => {
					bytes.fill(round++ === 0 ? late : 0);
				});
				return text === "aaaa-aaaa-aaaa-aaaa" && round === 2;
			}),
		);
	});
});
