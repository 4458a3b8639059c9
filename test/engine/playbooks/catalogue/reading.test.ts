// Whatever is wrong with a playbook's file is said like a compiler says it: the line, what is
// wrong, what is allowed, and the word that was probably meant; all of it in one pass, and
// without ever throwing, whatever the file holds.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlaybook } from "../../../../src-main/engine/playbooks/catalogue/reading/read-playbook.ts";
import { faultsOf } from "./written-catalogue.ts";

const head = `id: sample
name: Sample
description: A sample
risk: { level: low }
parameters:
  type: object
  properties:
    index_name: { type: string }
    count: { type: integer, default: 1 }
    names: { type: array, items: { type: string } }
    secret: { type: string, writeOnly: true }
`;
const run = "steps:\n  - id: run\n    command: { program: sample }\n";

function withSteps(steps: string): string {
	return `${head}steps:\n${steps}`;
}

test("a playbook with nothing wrong has no fault", () => {
	expect(faultsOf(head + run)).toEqual([]);
});

test.each<[what: string, text: string, faults: string[]]>([
	[
		"a mistyped key",
		`${head}aproval: "true"\n${run}`,
		[
			'12: aproval is not known here; did you mean "approval"? Known: id, name, description, kind, checklist, parameters, risk, approval, estimate, idempotent, offline_safe, allowed_hosts, changes, outcome, steps, verification, rollback, rollback_verification, suggested_for.',
		],
	],
	[
		"keys that are missing",
		"name: x\n",
		[
			'1: "id" is missing.',
			'1: "description" is missing.',
			'1: "steps" is missing.',
			'1: "risk" is missing.',
		],
	],
	["no YAML", "id: [", [expect.stringMatching(/^1: This is not YAML: /)]],
	[
		"a key twice",
		`id: a\nid: b\n`,
		["2: This is not YAML: Map keys must be unique"],
	],
	[
		"an alias",
		`id: &a sample\nname: *a\n`,
		[
			"1: Anchors (&) and aliases (*) are not allowed; write the value out.",
			"2: Anchors (&) and aliases (*) are not allowed; write the value out.",
		],
	],
	["nothing", "", ["1: The file is empty."]],
	["a list", "- a\n", ["1: must be a map, not a list."]],
	[
		"an id of other letters",
		head.replace("id: sample", "id: Sample-1") + run,
		["1: id: has a-z, 0-9 and _ only, and a letter first."],
	],
	[
		"a number where text belongs",
		head.replace("name: Sample", "name: 5") + run,
		["2: name: must be text, not a number. Put it in quotes."],
	],
	[
		"a word that is none of the choices",
		head.replace("level: low", "level: hihg") + run,
		[
			'4: risk.level: "hihg" is not one of low, medium, high. Did you mean "high"?',
		],
	],
	[
		"an expression that is none",
		`${head}approval: params.count >\n${run}`,
		['12: approval: "params.count >": unexpected token: EOF.'],
	],
	[
		"an unknown parameter",
		`${head}approval: params.cuont > 1\n${run}`,
		[
			'12: approval: params.cuont is no parameter; did you mean "count"? Known: index_name, count, names, secret.',
		],
	],
	[
		"an unknown variable",
		`${head}approval: parms.count > 1\n${run}`,
		['12: approval: "parms.count > 1": unknown variable: parms.'],
	],
	[
		"an approval that is no condition",
		`${head}approval: "'yes'"\n${run}`,
		["12: approval: \"'yes'\" must be true or false; it is of type string."],
	],
	[
		"a pattern in an expression",
		`${head}approval: params.index_name.matches('(a+)+')\n${run}`,
		[
			"12: approval: matches() is not allowed in an expression; give the parameter a pattern in its schema.",
		],
	],
	[
		"a template where an expression belongs",
		`${head}approval: "{{ params.count > 1 }}"\n${run}`,
		["12: approval: is an expression already; leave the {{ }} out."],
	],
	[
		"a template without its end",
		`${head}changes: ["{{ params.count"]\n${run}`,
		['12: changes[0]: "{{" at "{{ params.count" has no "}}".'],
	],
	[
		"a step of no kind",
		withSteps("  - id: run\n"),
		[
			"13: steps[0]: a step is exactly one of command, http, wait, check; this has none.",
		],
	],
	[
		"a step of two kinds",
		withSteps(
			"  - { id: run, wait: { seconds: 1 }, command: { program: x } }\n",
		),
		[
			"13: steps[0]: a step is exactly one of command, http, wait, check; this has command and wait.",
		],
	],
	[
		"two steps of one id",
		withSteps(
			"  - { id: run, wait: { seconds: 1 } }\n  - { id: run, wait: { seconds: 1 } }\n",
		),
		['14: steps[1].id: "run" is the id of another step.'],
	],
	[
		"a shell",
		withSteps("  - { id: run, command: { program: bash, args: [-c] } }\n"),
		[
			"13: steps[0].command.program: bash runs whatever text it is given; name the program itself, with its arguments under args.",
		],
	],
	[
		"a shell by its path",
		withSteps(
			"  - { id: run, command: { program: /usr/bin/env, args: [x] } }\n",
		),
		[expect.stringContaining("env runs whatever text it is given")],
	],
	[
		"a program with its arguments",
		withSteps("  - { id: run, command: { program: dbt run } }\n"),
		[
			"13: steps[0].command.program: is the program alone; its arguments belong under args.",
		],
	],
	[
		"a program that is a value",
		withSteps(
			'  - { id: run, command: { program: "{{ params.index_name }}" } }\n',
		),
		["13: steps[0].command.program: a program is never a value; write it out."],
	],
	[
		"a template among arguments",
		withSteps(
			'  - { id: run, command: { program: x, args: ["--n={{ params.count }}"] } }\n',
		),
		[
			"13: steps[0].command.args[0]: a text argument is taken as it is; for a value write {value: params.count}.",
		],
	],
	[
		"a number among arguments",
		withSteps("  - { id: run, command: { program: x, args: [-n, 4] } }\n"),
		[
			"13: steps[0].command.args[1]: must be text, not a number. Put it in quotes.",
		],
	],
	[
		"a list that is none",
		withSteps(
			"  - { id: run, command: { program: x, args: [{ each: \"'a'\" }] } }\n",
		),
		[
			`13: steps[0].command.args[0].each: "'a'" must be a list; it is of type string.`,
		],
	],
	[
		"a secret among arguments",
		withSteps(
			"  - { id: run, command: { program: x, args: [{ value: params.secret }] } }\n",
		),
		[
			"13: steps[0].command.args[0].value: the secret secret may not be an argument: every user of the machine can see a running program's arguments.",
		],
	],
	[
		"an option that is none",
		withSteps(
			"  - { id: run, command: { program: x, args: [{ option: in, value: params.count }] } }\n",
		),
		['13: steps[0].command.args[0].option: "in" must look like --name or -n.'],
	],
	[
		"a time that is too long",
		withSteps(
			"  - { id: run, command: { program: x, timeout_seconds: 86401 } }\n",
		),
		[
			"13: steps[0].command.timeout_seconds: is 86401; it must lie in 1 to 86400.",
		],
	],
	[
		"a request without a place",
		withSteps("  - { id: run, http: { method: GET, path: /x } }\n"),
		[
			"13: steps[0].http: needs either a connection or a url (the address without its path).",
		],
	],
	[
		"a host that is not allowed",
		withSteps(
			"  - { id: run, http: { method: GET, url: 'https://evil.example' } }\n",
		),
		[
			"13: steps[0].http.url: evil.example is not among allowed_hosts; add it there: allowed_hosts: [evil.example]",
		],
	],
	[
		"a host that is a value",
		withSteps(
			"  - { id: run, http: { method: GET, url: 'https://{{ params.index_name }}' } }\n",
		),
		["13: steps[0].http.url: a host is never a value; write it out."],
	],
	[
		"a credential in a playbook",
		withSteps(
			"  - { id: run, http: { method: GET, connection: c, headers: { Authorization: x } } }\n",
		),
		[
			"13: steps[0].http.headers.Authorization: Authorization is not a playbook's to set; a credential belongs to a connection.",
		],
	],
	[
		"a query in a path",
		withSteps(
			"  - { id: run, http: { method: GET, connection: c, path: '/x?y=1' } }\n",
		),
		[
			'13: steps[0].http.path: "x?y=1" holds a character that a path cannot; a query belongs under query.',
		],
	],
	[
		"a way up in a path",
		withSteps(
			"  - { id: run, http: { method: GET, connection: c, path: /a/../b } }\n",
		),
		['13: steps[0].http.path: ".." is no part of a path.'],
	],
	[
		"a method that is none",
		withSteps("  - { id: run, http: { method: POTS, connection: c } }\n"),
		[
			'13: steps[0].http.method: "POTS" is not one of GET, POST, PUT, PATCH, DELETE. Did you mean "POST"?',
		],
	],
	[
		"a pointer that is none",
		withSteps(
			"  - { id: run, http: { method: GET, connection: c, capture: { x: config.share } } }\n",
		),
		[
			'13: steps[0].http.capture.x: "config.share" must be a JSON pointer such as /config/share (RFC 6901).',
		],
	],
	[
		"a value that no step captured",
		withSteps(
			"  - { id: run, http: { method: PUT, connection: c, body: { x: '{{ captured.share }}' } } }\n",
		),
		[
			"13: steps[0].http.body.x: captured.share: no step before this captures anything.",
		],
	],
	[
		"a check of a step that comes later",
		withSteps(
			"  - { id: look, check: { condition: steps.run.exit_code == 0, otherwise: no } }\n  - { id: run, command: { program: x } }\n",
		),
		["13: steps[0].check.condition: steps.run: no step comes before this."],
	],
	[
		"a check that does not say what is wrong",
		withSteps("  - { id: look, check: { condition: 1 == 1 } }\n"),
		[
			"13: steps[0].check: needs an otherwise: what to say when it does not hold.",
		],
	],
	[
		"a checklist with steps",
		`id: c\nname: C\ndescription: D\nkind: checklist\nchecklist: [Look]\n${run}`,
		["6: steps: has no place in a checklist."],
	],
	[
		"a checklist without its list",
		"id: c\nname: C\ndescription: D\nkind: checklist\n",
		["1: a checklist needs its checklist."],
	],
	[
		"a verification of no rollback",
		`${head}${run}rollback_verification:\n  - { id: look, check: { condition: 1 == 1, otherwise: no } }\n`,
		["15: rollback_verification: there is no rollback."],
	],
])("%s", (_, text, faults) => {
	expect(faultsOf(text)).toEqual(faults);
});

test("a playbook of over 50 steps is refused", () => {
	const steps = Array.from(
		{ length: 51 },
		(_, index) => `  - { id: s${index}, wait: { seconds: 1 } }\n`,
	).join("");
	expect(faultsOf(withSteps(steps))).toEqual([
		"63: steps[50]: a playbook has 50 steps at most.",
	]);
});

test("a file that is nested a hundred thousand deep is refused", () => {
	expect(faultsOf(`id: ${"[".repeat(100_000)}`)).not.toEqual([]);
	const deep = `${"{ a: ".repeat(200)}1${" }".repeat(200)}`;
	expect(
		faultsOf(
			withSteps(
				`  - { id: run, http: { method: POST, connection: c, body: ${deep} } }\n`,
			),
		),
	).toEqual([]);
});

test("no text makes it throw", () => {
	const piece = fc.constantFrom(
		...`id name steps command http check wait params {{ }} [ ] { } : - & * ! | > ' " # % @ \n \t 1 null true captured . , ( ) ? args value option when then each`.split(
			" ",
		),
		" ",
		"\n  ",
		": ",
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({ unit: "binary" }),
				fc.array(piece, { maxLength: 60 }).map((parts) => parts.join("")),
			),
			(text) => {
				const read = readPlaybook(text);
				if ("faults" in read) expect(read.faults).not.toHaveLength(0);
			},
		),
		{ numRuns: 1_000 },
	);
});

test("no change of one line of a good file makes it throw", () => {
	const lines = (head + run).split("\n");
	fc.assert(
		fc.property(
			fc.nat({ max: lines.length - 1 }),
			fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
			(at, line) => {
				readPlaybook(lines.with(at, line).join("\n"));
			},
		),
		{ numRuns: 500 },
	);
});
