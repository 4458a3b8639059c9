// Connections say where services and programs are and how to sign in. The file is for one
// user's eyes; a secret is read when a request is sent, from the file, the environment or a
// file of its own, is known to redaction, and appears in no resolved step, hash or message.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { readConnections } from "../../../../src-main/engine/playbooks/catalogue/connections/read-connections.ts";
import { connectionsExample } from "../../../../src-main/engine/playbooks/catalogue/index.ts";
import { catalogueOf, dataFolder } from "./written-catalogue.ts";

afterEach(() => vi.unstubAllEnvs());

const params = { index_name: "kb" };

function withConnections(text: string) {
	return catalogueOf({ "connections.yaml": text }, { withBuiltIn: true });
}

test("a missing connection says which file and lines to add", () => {
	const catalogue = catalogueOf({}, { withBuiltIn: true });
	const outcome = catalogue.find("clear_cache")?.resolve(params);
	const file = join(catalogue.folder, "connections.yaml");
	expect(outcome).toEqual({
		ok: false,
		faults: [
			{
				path: "",
				message: `There is no connection "elasticsearch". Add to ${file} (readable by you alone: mode 600):\nelasticsearch:\n  url: http://127.0.0.1:9200\n  allow_private: true\ntocsin playbook connections prints a whole example.`,
			},
		],
	});
	// The lines do what they say.
	writeFileSync(
		file,
		"elasticsearch:\n  url: http://127.0.0.1:9200\n  allow_private: true\n",
		{ mode: 0o600 },
	);
	expect(catalogue.find("clear_cache")?.resolve(params).ok).toBe(true);
});

test.runIf(process.platform !== "win32")(
	"a file that others can read is refused, and says how to close it",
	() => {
		const catalogue = withConnections("elasticsearch: { url: 'http://x:1' }");
		const file = join(catalogue.folder, "connections.yaml");
		chmodSync(file, 0o640);
		const outcome = catalogue.find("clear_cache")?.resolve(params);
		expect(outcome).toMatchObject({
			ok: false,
			faults: [{ message: expect.stringContaining(`chmod 600 ${file}`) }],
		});
		expect(() => catalogue.connectionHeaders("elasticsearch")).toThrow(
			/chmod 600/,
		);
	},
);

test.each([
	["{ url: 'http://h', token: a8c }", { Authorization: "Bearer a8c" }, ["a8c"]],
	[
		"{ url: 'http://h', token_env: SAMPLE_TOKEN, scheme: ApiKey }",
		{ Authorization: "ApiKey from-env" },
		["from-env"],
	],
	[
		"{ url: 'http://h', token_file: sample.token }",
		{ Authorization: "Bearer from-file" },
		["from-file"],
	],
	[
		"{ url: 'http://h', basic: { username: me, password: pa55word } }",
		{ Authorization: "Basic bWU6cGE1NXdvcmQ=" },
		["pa55word", "bWU6cGE1NXdvcmQ="],
	],
	[
		"{ url: 'http://h', headers: { X-Key: 0ne, X-Other: { env: SAMPLE_TOKEN }, X-Third: { file: sample.token } } }",
		{ "X-Key": "0ne", "X-Other": "from-env", "X-Third": "from-file" },
		["0ne", "from-env", "from-file"],
	],
	["{ url: 'http://h' }", {}, []],
])("%s", (connection, headers, secrets) => {
	vi.stubEnv("SAMPLE_TOKEN", "from-env");
	const catalogue = withConnections(`elasticsearch: ${connection}`);
	writeFileSync(join(catalogue.folder, "sample.token"), "from-file\n");
	expect(catalogue.connectionHeaders("elasticsearch")).toEqual(headers);
	expect(catalogue.secrets()).toEqual(secrets);
	const shown = JSON.stringify([
		catalogue.find("clear_cache")?.resolve(params),
		catalogue.list().map(({ description }) => description),
		catalogue.faults(),
	]);
	for (const secret of secrets) expect(shown).not.toContain(secret);
});

test.each([
	[
		"{ url: 'http://h', token_env: SAMPLE_ABSENT }",
		/the environment variable SAMPLE_ABSENT is not set/,
	],
	["{ url: 'http://h', token_file: absent }", /absent cannot be read/],
	[
		"{ url: 'http://h', token_file: lines }",
		/lines holds something that a header cannot carry/,
	],
	["{ directory: /srv }", null],
])("%s lacks something", (connection, message) => {
	const catalogue = withConnections(`elasticsearch: ${connection}`);
	writeFileSync(join(catalogue.folder, "lines"), "hush\r\nEvil: 1");
	if (message === null) {
		expect(catalogue.connectionHeaders("elasticsearch")).toEqual({});
		return;
	}
	expect(() => catalogue.connectionHeaders("elasticsearch")).toThrow(message);
	expect(catalogue.secrets()).toEqual([]);
	try {
		catalogue.connectionHeaders("elasticsearch");
	} catch (error) {
		expect(String(error)).not.toContain("hush");
	}
});

test.each([
	["x: { url: 'ftp://h' }", "1: x.url: must begin with http:// or https://."],
	["x: { url: h }", "1: x.url: is no address."],
	[
		"x: { url: 'http://me:pw@h' }",
		"1: x.url: must not hold a password; put it under basic or token.",
	],
	[
		"x: { url: 'http://h?x=1' }",
		"1: x.url: must have neither a query nor a #.",
	],
	[
		"x:\n  url: http://h\n  tokne: abc",
		expect.stringMatching(
			/^3: x\.tokne is not known here; did you mean "token"\?/,
		),
	],
	[
		"x: { url: 'http://h', token: a, token_env: B }",
		"1: x.token: token and token_env say the same; leave one.",
	],
	[
		"x: { url: 'http://h', token: a, basic: { username: u, password: p } }",
		"1: x: has a token and basic; a request can carry one of them.",
	],
	["x: { program: dbt }", "1: x.program: must be an absolute path."],
	["x: { directory: srv }", "1: x.directory: must be an absolute path."],
	[
		"'X Y': { url: 'http://h' }",
		"1: X Y: a connection's name has a-z, 0-9, _ and - only.",
	],
	["- x", "1: must be a map, not a list."],
])("%s is refused", (text, fault) => {
	const folder = dataFolder({ "connections.yaml": text });
	const read = readConnections(join(folder, "playbooks", "connections.yaml"));
	expect(
		read?.faults.map(({ line, message }) => `${line}: ${message}`),
	).toEqual([fault]);
});

test.each([
	"x: { url: 'http://h', token: 4711815 }",
	"x: { url: 'http://h', token: *h4sh }",
	"x: { url: 'http://h', token: !h4sh y }",
	"x: { url: 'http://h', token: &h4sh y }",
	"x: { url: 'http://h', token: `h4sh }",
	"x: { url: 'http://h', token: @h4sh }",
	"x: { url: 'http://h', token: [h4sh] }",
	"x: { url: 'http://h', basic: h4sh }",
	"x: { url: 'http://u:h4sh@h' }",
	"x: { url: 'h4sh' }",
	"x:\n  token: 'h4sh\n y: 1",
	"x: { url: 'http://h', headers: { A: { env: [h4sh] } } }",
])("what is wrong with %s is said without its secret", (text) => {
	const folder = dataFolder({ "connections.yaml": text });
	const read = readConnections(join(folder, "playbooks", "connections.yaml"));
	expect(read?.faults).not.toHaveLength(0);
	expect(JSON.stringify(read?.faults)).not.toMatch(/h4sh|4711815/);
});

test("a program's connection gives its place, its folder and its variables", () => {
	const catalogue = withConnections(
		"dbt: { program: /opt/venv/bin/dbt, directory: /srv/analytics, environment: [DBT_PROFILES_DIR, PGPASSWORD] }",
	);
	const outcome = catalogue
		.find("rerun_dbt")
		?.resolve({ task_id: 1, models: ["a"] });
	expect(outcome).toMatchObject({
		ok: true,
		resolved: {
			steps: [
				{
					program: "/opt/venv/bin/dbt",
					workingDirectory: "/srv/analytics",
					environment: [
						"DBT_PROJECT_DIR",
						"DBT_PROFILES_DIR",
						"DBT_TARGET",
						"PGPASSWORD",
					],
				},
			],
		},
	});
});

test("another address makes another hash, another password does not", () => {
	const catalogue = withConnections("");
	const file = join(catalogue.folder, "connections.yaml");
	const hashWith = (text: string) => {
		writeFileSync(file, text);
		const outcome = catalogue.find("clear_cache")?.resolve(params);
		return outcome?.ok ? outcome.resolved.contentHash : null;
	};
	const first = hashWith("elasticsearch: { url: 'http://a:1', token: x }");
	expect(first).not.toBeNull();
	expect(hashWith("elasticsearch: { url: 'http://a:1', token: y }")).toBe(
		first,
	);
	expect(hashWith("elasticsearch: { url: 'http://b:1', token: x }")).not.toBe(
		first,
	);
});

test("the printed example is right, as it is and with its lines taken in", () => {
	const folder = dataFolder({
		"connections.yaml": connectionsExample,
		"connections-taken-in.yaml": connectionsExample.replaceAll(
			/^# (?=[a-z_ ]+:)/gm,
			"",
		),
	});
	const read = (name: string) =>
		readConnections(join(folder, "playbooks", name));
	expect(read("connections.yaml")).toEqual({
		connections: new Map(),
		faults: [],
	});
	const takenIn = read("connections-taken-in.yaml");
	expect(takenIn?.faults).toEqual([]);
	expect(
		takenIn !== null && "connections" in takenIn
			? [...takenIn.connections.keys()]
			: [],
	).toEqual(["elasticsearch", "planner", "dbt"]);
});
