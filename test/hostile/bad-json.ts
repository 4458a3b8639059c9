/** One thing that must be refused. */
export interface BadCase {
	readonly name: string;
	readonly method: string;
	readonly path: string;
	readonly body?: string | Buffer<ArrayBuffer>;
	readonly headers?: Readonly<Record<string, string>>;
	/** A list of items is answered 200 with every one of them refused. */
	readonly mayReport?: true;
}

const json = { "content-type": "application/json" };
const ndjson = { "content-type": "application/x-ndjson" };

/** Texts that are no JSON, or none that any route takes. */
const brokenTexts: Readonly<Record<string, string | Buffer<ArrayBuffer>>> = {
	"an open brace": "{",
	"an open string": '{"model_id":"m',
	"a comma too many": '{"model_id":"m","score":1,}',
	"single quotes": "{'model_id':'m','score':1}",
	"a comment": '{"model_id":"m",/* */"score":1}',
	"bare words": "{model_id:m,score:1}",
	NaN: '{"model_id":"m","score":NaN}',
	Infinity: '{"model_id":"m","score":Infinity}',
	"minus Infinity": '{"model_id":"m","score":-Infinity}',
	undefined: '{"model_id":"m","score":undefined}',
	hexadecimal: '{"model_id":"m","score":0x10}',
	"a leading zero": '{"model_id":"m","score":01}',
	"a bare point": '{"model_id":"m","score":.5}',
	"two values": '{"model_id":"m","score":1} {"model_id":"m","score":1}',
	"a raw tab in text": '{"model_id":"a\tb","score":1}',
	"a bad escape": '{"model_id":"\\x41","score":1}',
	XML: "<event><score>1</score></event>",
	"a form": "model_id=m&score=1",
	"a depth bomb of arrays": "[".repeat(200_000),
	"a closed depth bomb": `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
	"a depth bomb of objects": '{"a":'.repeat(100_000),
	"a depth bomb in features": `{"model_id":"m","score":1,"features":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`,
	"broken UTF-8": Buffer.concat([
		Buffer.from('{"model_id":"'),
		Buffer.from([0xc3, 0x28]),
		Buffer.from('","score":1}'),
	]),
	"UTF-8 of a surrogate": Buffer.concat([
		Buffer.from('{"model_id":"'),
		Buffer.from([0xed, 0xa0, 0x80]),
		Buffer.from('","score":1}'),
	]),
	"an overlong slash": Buffer.concat([
		Buffer.from('{"model_id":"'),
		Buffer.from([0xc0, 0xaf]),
		Buffer.from('","score":1}'),
	]),
	"UTF-16": Buffer.from('{"model_id":"m","score":1}', "utf16le"),
	"NUL bytes": Buffer.alloc(100),
	gzip: Buffer.from(
		"H4sIAAAAAAAAA6tWKkktLlGyUlAqLkksSVWqBQAmLF0wEQAAAA==",
		"base64",
	),
	"a feature called __proto__":
		'{"model_id":"m","score":1,"features":{"__proto__":1}}',
	"only spaces": "   ",
};

/** Keys that would reach the prototype of a careless copy. */
const poisonedTexts = [
	'{"model_id":"m","score":1,"__proto__":{"admin":true}}',
	'{"model_id":"m","score":1,"\\u005f_proto__":{"admin":true}}',
	'{"model_id":"m","score":1,"constructor":{"prototype":{"admin":true}}}',
	'{"min_samples":1,"__proto__":{"admin":true}}',
];

/** Values of every wrong kind, written as JSON. */
const wrongValues = {
	missing: undefined,
	null: "null",
	true: "true",
	"a number": "5",
	"a huge number": "1e400",
	"a huge negative number": "-1e400",
	"empty text": '""',
	"long text": JSON.stringify("x".repeat(201)),
	"a NUL": '"a\\u0000b"',
	"a lone surrogate": '"\\ud800"',
	"an array": "[1]",
	"an object": '{"a":1}',
	"nested arrays": "[[[[[]]]]]",
	"text of a number": '"0.5"',
	"a date of no calendar": '"2026-02-30T00:00:00Z"',
} as const;

type Wrong = keyof typeof wrongValues;

const always: Wrong[] = ["an array", "nested arrays"];
const nonText: Wrong[] = [
	"true",
	"a number",
	"a huge number",
	"an object",
	"empty text",
	"long text",
	"a NUL",
	"a lone surrogate",
];

const eventFields: Record<string, readonly Wrong[]> = {
	model_id: ["missing", "null", ...nonText, ...always],
	score: [
		"missing",
		"null",
		"true",
		"a huge number",
		"a huge negative number",
		"empty text",
		"text of a number",
		"an object",
		...always,
	],
	event_id: [...nonText, ...always],
	entity_id: [...nonText, ...always],
	model_version: [...nonText, ...always],
	event_time: [
		"true",
		"a number",
		"a huge number",
		"empty text",
		"long text",
		"text of a number",
		"a date of no calendar",
		"an object",
		...always,
	],
	prediction: [
		"a huge number",
		"an object",
		"empty text",
		"long text",
		"a NUL",
		"a lone surrogate",
		...always,
	],
	label: [
		"a huge number",
		"a huge negative number",
		"an object",
		"empty text",
		"long text",
		"a NUL",
		...always,
	],
	features: [
		"true",
		"a number",
		"a huge number",
		"empty text",
		"text of a number",
		...always,
	],
};

const labelFields: Record<string, readonly Wrong[]> = {
	event_id: ["missing", "null", ...nonText, ...always],
	label: ["missing", "null", "a huge number", "an object", "a NUL", ...always],
	model_id: [...nonText, ...always],
};

const monitorFields: Record<string, readonly Wrong[]> = {};
for (const number of [
	"baseline_days",
	"current_days",
	"num_bins",
	"min_samples",
	"warn_threshold",
	"critical_threshold",
]) {
	monitorFields[number] = [
		"null",
		"true",
		"a huge number",
		"a huge negative number",
		"empty text",
		"text of a number",
		"an object",
		...always,
	];
}
monitorFields.is_enabled = ["null", "a number", "text of a number", ...always];
monitorFields.baseline_kind = ["null", "a number", "empty text", ...always];
monitorFields.reference_set = ["a number", "empty text", "a NUL", ...always];

/** An object of good fields with one of them wrong, as text; the last of equal keys counts. */
function spoiled(
	good: Readonly<Record<string, unknown>>,
	field: string,
	wrong: Wrong,
): string {
	const { [field]: _, ...others } = good;
	const value = wrongValues[wrong];
	const parts = Object.entries(others).map(
		([name, kept]) => `${JSON.stringify(name)}:${JSON.stringify(kept)}`,
	);
	if (value !== undefined) parts.push(`${JSON.stringify(field)}:${value}`);
	return `{${parts.join(",")}}`;
}

const goodEvent = {
	model_id: "known",
	score: 0.5,
	event_id: "bad",
	event_time: "2026-01-01T00:00:00Z",
	features: { a: 1 },
};

/** Every bad body for every route that takes one. */
export function badBodies(): BadCase[] {
	const cases: BadCase[] = [];
	const single = "/v1/events/prediction";
	const bulk = "/v1/events/predictions";
	const labels = "/v1/events/labels";
	const monitor = "/v1/models/known/monitor";
	const drift = "/v1/models/known/drift";
	for (const [name, body] of Object.entries(brokenTexts)) {
		const add = (method: string, path: string, headers: object, more = {}) =>
			cases.push({
				name: `${name} to ${method} ${path} as ${JSON.stringify(headers)}`,
				method,
				path,
				body,
				headers: headers as Record<string, string>,
				...more,
			});
		add("POST", single, json);
		add("POST", bulk, json, { mayReport: true });
		add("POST", labels, json, { mayReport: true });
		if (name !== "only spaces") {
			add("POST", bulk, ndjson, { mayReport: true });
			add("POST", labels, ndjson, { mayReport: true });
		}
		add("PUT", monitor, json);
		add("POST", drift, json);
	}
	for (const body of poisonedTexts) {
		for (const [method, path] of [
			["POST", single],
			["PUT", monitor],
			["POST", drift],
		] as const) {
			const name = `${body} to ${method} ${path}`;
			cases.push({ name, method, path, body, headers: json });
		}
	}
	const fields = (
		method: string,
		path: string,
		good: Readonly<Record<string, unknown>>,
		wrongs: Readonly<Record<string, readonly Wrong[]>>,
		wrap: { headers: Record<string, string>; mayReport?: true; of?: "array" },
	) => {
		for (const [field, kinds] of Object.entries(wrongs)) {
			for (const wrong of kinds) {
				const text = spoiled(good, field, wrong);
				cases.push({
					name: `${wrong} as ${field} to ${method} ${path}`,
					method,
					path,
					body: wrap.of === "array" ? `[${text}]` : text,
					headers: wrap.headers,
					...(wrap.mayReport ? { mayReport: true } : {}),
				});
			}
		}
	};
	fields("POST", single, goodEvent, eventFields, { headers: json });
	fields("POST", bulk, goodEvent, eventFields, {
		headers: ndjson,
		mayReport: true,
	});
	fields("POST", bulk, goodEvent, eventFields, {
		headers: json,
		mayReport: true,
		of: "array",
	});
	const goodLabel = { event_id: "known-event", label: 1 };
	fields("POST", labels, goodLabel, labelFields, {
		headers: ndjson,
		mayReport: true,
	});
	fields("PUT", monitor, {}, monitorFields, { headers: json });
	fields(
		"POST",
		drift,
		{},
		{ as_of: eventFields.event_time ?? [] },
		{ headers: json },
	);
	return cases;
}

/** Media types, encodings, paths, parameters and methods that are wrong, each with a body that is right. */
export function badEnvelopes(): BadCase[] {
	const cases: BadCase[] = [];
	const body = JSON.stringify(goodEvent);
	const posts = [
		"/v1/events/prediction",
		"/v1/events/predictions",
		"/v1/events/labels",
	];
	for (const path of posts) {
		for (const type of [
			"text/plain",
			"text/html",
			"application/xml",
			"application/x-www-form-urlencoded",
			"multipart/form-data; boundary=x",
			"application/octet-stream",
			"application/jsonp",
			"json",
			"*/*",
			";",
		]) {
			cases.push({
				name: `${type} to ${path}`,
				method: "POST",
				path,
				body,
				headers: { "content-type": type },
			});
		}
		for (const encoding of ["gzip", "br", "deflate", "zstd", "nonsense"]) {
			cases.push({
				name: `${encoding} to ${path}`,
				method: "POST",
				path,
				body,
				headers: { ...json, "content-encoding": encoding },
			});
		}
	}
	for (const query of [
		"limit=0",
		"limit=-1",
		"limit=1.5",
		"limit=abc",
		"limit=",
		"limit=1e2",
		"limit=0x10",
		"limit=9007199254740993",
		"limit=NaN",
		"limit=%00",
		"limit=1&limit=2",
		"limit[]=1",
		`limit=${"9".repeat(5_000)}`,
	]) {
		for (const path of ["/v1/models/known/drift", "/v1/incidents"]) {
			if (query === "limit[]=1") continue;
			cases.push({
				name: `${path}?${query.slice(0, 40)}`,
				method: "GET",
				path: `${path}?${query}`,
			});
		}
	}
	for (const status of ["", "opened", "OPEN", "%00", "__proto__", "open%20"]) {
		cases.push({
			name: `status=${status}`,
			method: "GET",
			path: `/v1/incidents?status=${status}`,
		});
	}
	for (const path of [
		"/v1/models/%",
		"/v1/models/%zz/drift",
		"/v1/models/%c3%28/monitor",
		"/v1/models/%ed%a0%80",
		"/v1/models/%00/drift",
		"/v1/models/unknown",
		"/v1/models/unknown/drift",
		"/v1/models/known/drift/unknown",
		"/v1/models/known/drift/..%2f..%2fetc%2fpasswd",
		`/v1/models/${"x".repeat(201)}/drift`,
		`/v1/models/${"x".repeat(6_000)}`,
		"/v1/models/known/unknown",
		"/v1/unknown",
	]) {
		cases.push({ name: path.slice(0, 60), method: "GET", path });
	}
	for (const [method, path] of [
		["DELETE", "/v1/models/known"],
		["PATCH", "/v1/models/known/monitor"],
		["PUT", "/v1/events/prediction"],
		["GET", "/v1/events/predictions"],
		["OPTIONS", "/v1/models"],
		["POST", "/v1/incidents"],
	] as const) {
		cases.push({ name: `${method} ${path}`, method, path });
	}
	return cases;
}
