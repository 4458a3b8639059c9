// A checked answer that is not as the document says is a failed test: an undocumented
// status, media type or operation, a missing header, a body of another shape, a refusal of
// an unknown path in another format.
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { checkedFetch } from "./checked-fetch.ts";

const problem = {
	content: {
		"application/problem+json": {
			schema: { $ref: "#/components/schemas/Problem" },
		},
	},
};
const document = {
	paths: {
		"/api/v1/things/{id}": {
			get: {
				responses: {
					200: {
						headers: { "X-Left": {} },
						content: {
							"application/json": {
								schema: {
									type: "object",
									properties: { at: { type: "string", format: "date-time" } },
									required: ["at"],
									additionalProperties: false,
								},
							},
						},
					},
					204: {},
					500: problem,
				},
			},
		},
		"/api/other": { get: { responses: { 500: problem } } },
	},
	components: {
		schemas: { Problem: { type: "object", required: ["type"] } },
	},
};

const json = "application/json";
const at = '{"at":"2026-01-20T12:00:00Z"}';
const thing = "/api/v1/things/1";

test.each<
	[string, string, number, Record<string, string>, string, RegExp | null]
>([
	[
		"as described",
		thing,
		200,
		{ "content-type": json, "x-left": "1" },
		at,
		null,
	],
	[
		"with a charset",
		thing,
		200,
		{ "content-type": `${json}; charset=utf-8`, "x-left": "1" },
		at,
		null,
	],
	[
		"of another status",
		thing,
		418,
		{ "content-type": json },
		"{}",
		/not one of 200,204,500/,
	],
	[
		"of another type",
		thing,
		200,
		{ "content-type": "text/html", "x-left": "1" },
		at,
		/of type text\/html/,
	],
	[
		"without a header",
		thing,
		200,
		{ "content-type": json },
		at,
		/without the headers X-Left/,
	],
	[
		"with a field missing",
		thing,
		200,
		{ "content-type": json, "x-left": "1" },
		"{}",
		/required property 'at'/,
	],
	[
		"with a field too many",
		thing,
		200,
		{ "content-type": json, "x-left": "1" },
		'{"at":"2026-01-20T12:00:00Z","b":1}',
		/additional properties/,
	],
	[
		"with a field of another form",
		thing,
		200,
		{ "content-type": json, "x-left": "1" },
		'{"at":"noon"}',
		/format/,
	],
	["with no body, as described", thing, 204, {}, "", null],
	[
		"refused as described",
		thing,
		500,
		{ "content-type": "application/problem+json" },
		'{"type":"x"}',
		null,
	],
	[
		"refused otherwise",
		thing,
		500,
		{ "content-type": "application/problem+json" },
		'{"error":"x"}',
		/required property 'type'/,
	],
	[
		"of no operation",
		"/api/v1/nothing",
		404,
		{ "content-type": "application/problem+json" },
		'{"type":"x"}',
		null,
	],
	[
		"of no operation, refused otherwise",
		"/api/v1/nothing",
		404,
		{ "content-type": json },
		"{}",
		/of type application\/json/,
	],
	[
		"of no operation and no refusal",
		"/api/v1/nothing",
		200,
		{ "content-type": json },
		"{}",
		/no such operation/,
	],
])("an answer %s", async (_, path, status, headers, body, fault) => {
	const server = createServer((request, response) => {
		const isDocument = request.url === "/openapi.json";
		response.writeHead(
			isDocument ? 200 : Math.floor(status),
			isDocument ? { "content-type": json } : headers,
		);
		response.end(isDocument ? JSON.stringify(document) : body);
	});
	await new Promise<void>((listening) =>
		server.listen(0, "127.0.0.1", listening),
	);
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as { port: number };
	const listeners = { urls: { api: `http://127.0.0.1:${port}` } };
	const checked = checkedFetch(listeners, path);
	if (fault === null) {
		const answer = await checked;
		expect([answer.status, await answer.text()]).toEqual([status, body]);
	} else await expect(checked).rejects.toThrow(fault);
});
