// A value stands percent-encoded in the part of an address that its author gave it. It can
// change neither the host nor how many parts there are, however a server decodes it; and a
// body or a header takes values without being taken apart by them.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HttpStep } from "../../../../src-main/engine/playbooks/definition.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { playbookOf } from "./written-catalogue.ts";

function httpPlaybook(http: string, more = ""): string {
	return `
id: sample
name: Sample
description: A sample
parameters:
  type: object
  properties:
    a: { type: string }
    b: { type: string, x-free-text: true }
    n: { type: number }
    l: { type: array, items: { type: string } }
    secret: { type: string, writeOnly: true }
risk: { level: low }
allowed_hosts: [api.example.com]
steps:
  - id: call
    http:
${http.replaceAll(/^/gm, "      ")}
${more}`;
}

const base = "method: POST\nurl: https://api.example.com";

function stepOf(
	http: string,
	params: unknown,
	connections?: string,
): HttpStep | Readonly<Record<string, string>> {
	const outcome = playbookOf(httpPlaybook(http), connections).resolve(params);
	if (!outcome.ok) {
		return Object.fromEntries(
			outcome.faults.map(({ path, message }) => [path, message]),
		);
	}
	return outcome.resolved.steps[0] as HttpStep;
}

test.each([
	["/{{ params.a }}/_cache/clear", "kb", "/kb/_cache/clear"],
	["/x-{{ params.a }}.json", "a b", "/x-a%20b.json"],
	["/{{ params.a }}", "ü", "/%C3%BC"],
	[
		"/{{ params.a }}",
		"a:b@c;d=e&f,g+h!(i)*'j'",
		"/a%3Ab%40c%3Bd%3De%26f%2Cg%2Bh%21%28i%29%2A%27j%27",
	],
	["/{{ params.a == 'x/y' ? 'p' : 'q' }}/z", "x", "/q/z"],
])("the path %s with %j is %s", (path, a, expected) => {
	const step = stepOf(`${base}\npath: "${path}"`, { a });
	expect(step).toMatchObject({ url: `https://api.example.com${expected}` });
});

test.each([
	["../x", 'holds "/"'],
	["..", 'is ".."'],
	[".", 'is "."'],
	["a/b", 'holds "/"'],
	["a\\b", 'holds "\\"'],
	["a?b", 'holds "?"'],
	["a#b", 'holds "#"'],
	["%2f", 'holds "%"'],
	["%2e%2e", 'holds "%"'],
	["", "must not be empty"],
	["a\r\nX: y", "carriage return"],
	["\uff0f", 'looks like "/"'],
	["\u2024\u2024", 'looks like "."'],
])("%j is no part of a path: %s", (a, message) => {
	expect(stepOf(`${base}\npath: "/i/{{ params.a }}/x"`, { a })).toEqual({
		"/a": expect.stringContaining(message),
	});
});

test("two values cannot make .. together", () => {
	const step = stepOf(`${base}\npath: "/{{ params.a }}{{ params.b }}/x"`, {
		a: "a",
		b: "b",
	});
	expect(step).toMatchObject({ url: "https://api.example.com/ab/x" });
	const dots = stepOf(`${base}\npath: "/{{ params.a }}./x"`, { a: "." });
	expect(dots).toHaveProperty("/a");
});

test("the parts of an address survive any value", () => {
	const playbook = playbookOf(
		httpPlaybook(
			`${base}\npath: "/i/{{ params.a }}/x"\nquery: { q: "{{ params.b }}", fixed: "1" }`,
		),
	);
	let accepted = 0;
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({ unit: "binary", maxLength: 20 }),
				fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
			),
			fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
			(a, b) => {
				const outcome = playbook.resolve({ a, b });
				if (!outcome.ok) return;
				accepted++;
				const step = outcome.resolved.steps[0] as HttpStep;
				const url = new URL(step.url);
				expect(url.origin).toBe("https://api.example.com");
				const parts = url.pathname.split("/");
				expect(parts).toHaveLength(4);
				expect(decodeURIComponent(must(parts[2], "part"))).toBe(a);
				expect([...url.searchParams]).toEqual([
					["q", b],
					["fixed", "1"],
				]);
				expect(url.hash).toBe("");
			},
		),
		{ numRuns: 3_000 },
	);
	expect(accepted).toBeGreaterThan(300);
});

test("a query's part is left out when its condition does not hold", () => {
	const http = `${base}\nquery:\n  x: { value: "1", when: "'x' in params.l" }\n  y: { value: "{{ params.n }}", when: "'y' in params.l" }`;
	expect(stepOf(http, { l: ["y"], n: 2.5 })).toMatchObject({
		url: "https://api.example.com?y=2.5",
	});
});

test("the address is that of the connection, whatever its path", () => {
	const step = stepOf(
		'method: GET\nconnection: search\npath: "/{{ params.a }}"',
		{ a: "kb" },
		"search: { url: 'http://10.0.0.5:9200/es/', allow_private: true }",
	);
	expect(step).toMatchObject({
		url: "http://10.0.0.5:9200/es/kb",
		allowedHosts: ["10.0.0.5:9200"],
		allowPrivate: true,
		connection: "search",
	});
});

test("a value of a body keeps its type when it stands alone, and is text among text", () => {
	const http = `${base}
body:
  share: "{{ params.n / 2 }}"
  names: "{{ params.l }}"
  note: "n is {{ params.n }}, b is {{ params.b }}"
  deep: [{ n: "{{ params.n }}" }, 1, null, true, plain]`;
	const params = { n: 5, l: ["x"], b: '"}, "evil": "' };
	expect(stepOf(http, params)).toMatchObject({
		body: {
			share: 2,
			names: ["x"],
			note: 'n is 5, b is "}, "evil": "',
			deep: [{ n: 5 }, 1, null, true, "plain"],
		},
	});
	expect(stepOf(http, { ...params, n: 2.5 })).toMatchObject({
		body: { share: 1.25 },
	});
});

test("a header takes plain ASCII of one line, nothing else", () => {
	const http = `${base}\nheaders: { X-Note: "{{ params.a }}" }`;
	expect(stepOf(http, { a: "hello world" })).toMatchObject({
		headers: { "X-Note": "hello world" },
	});
	for (const a of ["ü", "日"]) {
		expect(stepOf(http, { a })).toEqual({
			"": "the header X-Note can hold plain ASCII only",
		});
	}
	// A line feed is shown as such, and begins no other header.
	expect(stepOf(http, { a: "x\r\nEvil: 1" })).toMatchObject({
		headers: { "X-Note": "x\\u{d}\\u{a}Evil: 1" },
	});
});

test("a secret can be sent in a body, and its name is told for redaction", () => {
	const playbook = playbookOf(
		httpPlaybook(`${base}\nbody: { password: "{{ params.secret }}" }`),
	);
	expect(playbook.secretParameters).toEqual(["secret"]);
	expect(playbook.resolve({ secret: "hush" })).toMatchObject({
		resolved: { steps: [{ body: { password: "hush" } }] },
	});
});

test("what an earlier step captures is filled in while it runs, and not before", async () => {
	const playbook = playbookOf(
		httpPlaybook(
			"method: GET\nurl: https://api.example.com\ncapture: { share: /config/share }",
			`
  - id: halve
    http:
      method: PUT
      url: https://api.example.com
      body: { list: [{ share: "{{ captured.share / 2 + params.n }}" }], of: "{{ steps.call.status }}", fixed: 1 }
`,
		),
	);
	const outcome = playbook.resolve({ n: 1 });
	const step = (outcome.ok ? outcome.resolved.steps[1] : null) as HttpStep;
	expect(step.body).toEqual({
		list: [{ share: "{{ captured.share / 2 + params.n }}" }],
		of: "{{ steps.call.status }}",
		fixed: 1,
	});
	expect(step.late).toEqual({
		"/list/0/share": "captured.share / 2 + params.n",
		"/of": "steps.call.status",
	});
	const { catalogueOf } = await import("./written-catalogue.ts");
	const catalogue = catalogueOf({});
	const filled = catalogue.fill(step, {
		params: { n: 1 },
		captured: { share: 25 },
		steps: { call: { status: 200, body: null } },
	});
	expect(filled).toEqual({
		...step,
		late: undefined,
		body: { list: [{ share: 13.5 }], of: 200, fixed: 1 },
	});
	expect(() =>
		catalogue.fill(step, { params: { n: 1 }, captured: {}, steps: {} }),
	).toThrow(/captured.share.*no such key: share/);
});
