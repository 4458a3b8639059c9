// Money that a person types is taken to the millionth or not at all, and shown as it is stored.
// What is wrong with an address or a limit is said before anything is saved; what stays here is
// named by its kind; and how far a tenant has come says why nothing is sent yet.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consultationWords } from "../../../src-renderer/features/model-server/consultation-words.ts";
import {
	egressFields,
	stageOf,
	withheldWords,
} from "../../../src-renderer/features/model-server/egress-words.ts";
import {
	dollarWords,
	microDollarsOf,
} from "../../../src-renderer/features/model-server/price-words.ts";
import {
	addressFault,
	isOwnAddress,
	rangeFault,
	storedServer,
} from "../../../src-renderer/features/model-server/server-values.ts";
import {
	type AssistantSettings,
	egressField,
} from "../../../src-shared/contract/index.ts";
import { modelServerOf } from "../fake-assistant.ts";

describe("prices", () => {
	test.each([
		["0.15", 150_000],
		["$2", 2_000_000],
		["0,000001", 1],
		[" 12.50 ", 12_500_000],
		["0", 0],
		["999999.999999", 999_999_999_999],
		["", null],
		["free", null],
		["-1", null],
		["1e3", null],
		["0.0000001", null],
		["1,000.50", null],
		["1000000", null],
	])("%j is %j", (text, microDollars) => {
		expect(microDollarsOf(text)).toBe(microDollars);
	});

	test("what is shown is read back as the same amount", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 999_999_999 }), (amount) => {
				expect(microDollarsOf(dollarWords(amount))).toBe(amount);
			}),
		);
	});
});

test.each([
	["https://api.example.com/v1", null],
	["http://127.0.0.1:11434", null],
	["", /begins with/],
	["api.example.com", /begins with/],
	["file:///etc/passwd", /begins with/],
	["https://ann:secret@example.com", /user out/],
	["https://example.com/v1?key=1", /behind a/],
	["https://example.com/#v1", /behind a/],
])("the address %j", (address, fault) => {
	const found = addressFault(address);
	if (fault === null) expect(found).toBeNull();
	else expect(found).toMatch(fault);
});

test.each([
	["http://127.0.0.1:11434", true],
	["http://localhost/v1", true],
	["http://[::1]:8080", true],
	["http://192.168.1.9", true],
	["https://10.example.com/v1", false],
	["https://api.example.com", false],
	["nothing", false],
])("%j is one's own: %j", (address, isOwn) => {
	expect(isOwnAddress(address)).toBe(isOwn);
});

test.each([
	[1, true],
	[600, true],
	[0, false],
	[601, false],
	[1.5, false],
	["", false],
])("%j seconds: %j", (value, isTaken) => {
	expect(rangeFault(value, [1, 600]) === null).toBe(isTaken);
});

test("what is sent again of a stored server holds no more than may be set", () => {
	expect(Object.keys(storedServer(modelServerOf())).toSorted()).toEqual([
		"baseUrl",
		"isEnabled",
		"isLocal",
		"kind",
		"maxInputTokens",
		"maxOutputTokens",
		"model",
		"timeoutSeconds",
	]);
});

test("every field of a policy has its words, and what is kept is named by them", () => {
	expect(egressFields.toSorted()).toEqual(egressField.options.toSorted());
	expect(withheldWords({})).toBeNull();
	expect(withheldWords({ times: 0 })).toBeNull();
	expect(withheldWords({ incident_title: 1, labels: 2 })).toBe(
		"title (1), labels (2)",
	);
});

const ready: AssistantSettings = {
	server: modelServerOf(),
	policy: { fields: ["times"], labels: [] },
	confirmation: { byName: "Ada", at: 1, hash: "ab" },
	lastRequest: null,
};
test.each([
	["ready", {}],
	["ready", { policy: { fields: [], labels: ["team"] } }],
	["unseen", { confirmation: null }],
	["closed", { policy: { fields: [], labels: [] } }],
	["off", { server: modelServerOf({ isEnabled: false }), confirmation: null }],
	["unset", { server: null }],
] as const)("%s", (stage, more) => {
	const settings = { ...ready, ...more } as AssistantSettings;
	expect(stageOf(settings)).toBe(stage);
});

test.each([
	[{ claims: 2, dropped: 0 }, "It answered with 2 claims."],
	[
		{ claims: 1, dropped: 1 },
		"It answered with 1 claim. 1 claim that cited no evidence on record was dropped.",
	],
	[
		{ claims: 0, dropped: 0 },
		"It answered without a claim that evidence supports.",
	],
])("%j is told", (counts, words) => {
	const outcome = { isSuccess: true, error: null, ...counts };
	expect(consultationWords(outcome)).toBe(words);
});

test("a failure is told in the engine's words", () => {
	const error = "The model server answered 503.";
	const outcome = { isSuccess: false, error, claims: 0, dropped: 0 };
	expect(consultationWords(outcome)).toBe(error);
});
