// What few people change of an integration is sent as the engine reads it, and what has no field
// of its own in `config` stays as it was.
import { expect, test } from "vitest";
import {
	moreChange,
	moreOf,
} from "../../../src-renderer/features/integrations/integration-more.tsx";
import type { Integration } from "../../../src-shared/contract/index.ts";

const stored = {
	config: { pollIntervalSeconds: 30, receiver: "tocsin", graceSeconds: 5 },
	severities: { page: 1 },
	webhookEnabled: false,
	isPrimary: true,
} as unknown as Integration;

test("what is set is read, and saved again without a loss", () => {
	const draft = moreOf(stored, "alertmanager");
	expect(draft).toMatchObject({
		isPolled: true,
		interval: 30,
		otherUrl: "",
		webhookEnabled: false,
		isPrimary: true,
	});
	expect(moreChange(draft, stored, "alertmanager")).toEqual({
		config: { ...stored.config, poll: true },
		severities: { page: 1 },
		webhookEnabled: false,
		isPrimary: true,
	});
});

test.each([
	["alertmanager", { prometheusUrl: "http://p" }],
	["prometheus", { alertmanagerUrl: "http://p" }],
	["generic", {}],
] as const)("the other half of %s", (type, expected) => {
	const draft = { ...moreOf(null, type), otherUrl: " http://p ", interval: 5 };
	const polling =
		type === "generic" ? {} : { poll: true, pollIntervalSeconds: 5 };
	expect(moreChange(draft, null, type).config).toEqual({
		...polling,
		...expected,
	});
});
