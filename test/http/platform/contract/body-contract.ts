import { describe, expect, test } from "vitest";
import type { OpenPlatform, Sent } from "../open-platform.ts";
import { newIncident, opened, stateOf } from "./incidents.ts";
import { type Operation, perform } from "./operations.ts";

const writes: readonly Operation[] = ["create", "patch", "append"];
const utf8 = (text: string) => Buffer.from(text);

/** A valid body of each write, as text, with `TEXT` where free text goes. */
function template(operation: Operation): string {
	switch (operation) {
		case "create":
			return JSON.stringify(newIncident({ description: "TEXT" }));
		case "patch":
			return '{"severity":"P1","description":"TEXT"}';
		default:
			return '{"event_type":"note","body":"TEXT"}';
	}
}

interface Row {
	readonly name: string;
	readonly status: number;
	readonly sent: (body: string) => Sent;
}

/** Bodies that nothing may come of. */
const rows: readonly Row[] = [
	{ name: "no body", status: 422, sent: () => ({}) },
	{ name: "an empty body", status: 422, sent: () => ({ text: "" }) },
	{ name: "a list", status: 422, sent: (body) => ({ text: `[${body}]` }) },
	{ name: "a text", status: 422, sent: () => ({ text: '"x"' }) },
	{ name: "null", status: 422, sent: () => ({ text: "null" }) },
	{
		name: "half of it",
		status: 400,
		sent: (body) => ({ text: body.slice(0, -5) }),
	},
	{ name: "two of them", status: 400, sent: (body) => ({ text: body + body }) },
	{ name: "NaN", status: 400, sent: () => ({ text: '{"x":NaN}' }) },
	{
		name: "broken UTF-8",
		status: 400,
		sent: (body) => ({
			text: Buffer.concat(
				body
					.split("TEXT")
					.flatMap((part, index) =>
						index === 0
							? [utf8(part)]
							: [Buffer.from([0xc3, 0x28]), utf8(part)],
					),
			),
		}),
	},
	{
		name: "an overlong encoding",
		status: 400,
		sent: (body) => ({
			text: Buffer.concat([
				utf8(body.slice(0, -2)),
				Buffer.from([0xc0, 0xaf]),
				utf8(body.slice(-2)),
			]),
		}),
	},
	{
		name: "UTF-16",
		status: 400,
		sent: (body) => ({ text: Buffer.from(`\ufeff${body}`, "utf16le") }),
	},
	{
		name: "a lone surrogate",
		status: 422,
		sent: (body) => ({ text: body.replace("TEXT", "a\\ud800b") }),
	},
	{
		name: "a NUL",
		status: 422,
		sent: (body) => ({ text: body.replace("TEXT", "a\\u0000b") }),
	},
	{
		name: "a raw control character",
		status: 400,
		sent: (body) => ({ text: body.replace("TEXT", "a\u0001b") }),
	},
	{
		name: "an escape sequence",
		status: 422,
		sent: (body) => ({ text: body.replace("TEXT", "\\u001b[2J") }),
	},
	{
		name: "a C1 control character",
		status: 422,
		sent: (body) => ({ text: body.replace("TEXT", "\\u0085") }),
	},
	{
		name: "half a megabyte",
		status: 422,
		sent: (body) => ({ text: body.replace("TEXT", "x".repeat(500_000)) }),
	},
	{
		name: "over a megabyte",
		status: 413,
		sent: (body) => ({ text: body.replace("TEXT", "x".repeat(1_100_000)) }),
	},
	{
		name: "10,000 levels",
		status: 422,
		sent: (body) => ({
			text: body.replace(
				'"TEXT"',
				`${"[".repeat(10_000)}${"]".repeat(10_000)}`,
			),
		}),
	},
	{
		name: "400,000 levels of objects",
		status: 422,
		sent: (body) => ({
			text: body.replace(
				'"TEXT"',
				`${'{"":'.repeat(200_000)}1${"}".repeat(200_000)}`,
			),
		}),
	},
	{
		name: "__proto__",
		status: 400,
		sent: (body) => ({
			text: body.replace("{", '{"__proto__":{"role":"owner"},'),
		}),
	},
	{
		name: "constructor.prototype",
		status: 400,
		sent: (body) => ({
			text: body.replace("{", '{"constructor":{"prototype":{"x":1}},'),
		}),
	},
	{
		name: "toString",
		status: 422,
		sent: (body) => ({ text: body.replace("{", '{"toString":"x",') }),
	},
	{
		name: "a number for a text",
		status: 422,
		sent: (body) => ({ text: body.replace('"TEXT"', "1e400") }),
	},
	{
		name: "a form",
		status: 415,
		sent: () => ({ text: "a=b", type: "application/x-www-form-urlencoded" }),
	},
	{
		name: "plain text",
		status: 415,
		sent: (body) => ({ text: body, type: "text/plain" }),
	},
];

/** What may come as a body, and all that may not. */
export function bodyContract(platform: () => OpenPlatform): void {
	describe.each(writes)("%s: a body that is", (operation) => {
		test.each(rows)(
			"$name is $status, and nothing is written",
			async ({ status, sent }) => {
				const { owner, faults } = platform();
				const { id } = await opened(owner);
				const before = await stateOf(owner, id);
				const answer = await perform(owner.call, operation, {
					id,
					...sent(template(operation)),
				});
				expect([answer.status, JSON.stringify(answer.body)]).toEqual([
					status,
					expect.not.stringMatching(/\bat \S+:\d+|node_modules/),
				]);
				expect(await stateOf(owner, id)).toEqual(before);
				expect(faults).toEqual([]);
			},
		);
	});
}
