// What is wrong with the schema of a playbook's parameters is said with the line of the very
// keyword: what JSON Schema does not allow, and what Tocsin asks of it beyond that.
import { expect, test } from "vitest";
import { faultsOf } from "./written-catalogue.ts";

const run = "steps:\n  - id: run\n    command: { program: sample }\n";

test.each<[what: string, parameters: string, faults: string[]]>([
	["no object", "type: array", ['5: parameters.type: must be "object".']],
	[
		"a mistyped keyword",
		"type: object\n  properties:\n    a: { type: string, maxLenght: 5 }",
		[
			expect.stringMatching(
				/^8: parameters\.properties\.a\.maxLenght: "maxLenght" is no keyword here; did you mean "maxLength"\?/,
			),
		],
	],
	[
		"a type that is none",
		"type: object\n  properties:\n    a: { type: text }",
		[
			expect.stringMatching(
				/^8: parameters\.properties\.a\.type: must be equal to one of/,
			),
		],
	],
	[
		"a reference out of the file",
		"type: object\n  properties:\n    a: { $ref: 'https://example.com/s.json' }",
		[
			'8: parameters.properties.a.$ref: "https://example.com/s.json" leaves the file; only #/$defs/... is allowed.',
		],
	],
	[
		"a default that breaks its own rule",
		"type: object\n  properties:\n    a: { type: integer, default: x }",
		[
			"8: parameters.properties.a.default: the default breaks the parameter's own schema.",
		],
	],
	[
		"a required parameter that is none",
		"type: object\n  required: [b]\n  properties:\n    a: { type: integer }",
		[
			'7: parameters.required: "b" is no parameter; did you mean "a"? Known: a.',
		],
	],
	[
		"a secret that is no text",
		"type: object\n  properties:\n    a: { type: integer, writeOnly: true }",
		[
			"8: parameters.properties.a.writeOnly: only a text parameter of the first level can be a secret.",
		],
	],
	[
		"a name that no expression could use",
		"type: object\n  properties:\n    a-b: { type: integer }",
		[
			"8: parameters.properties.a-b: a parameter's name has letters, digits and _ only, and no digit first.",
		],
	],
	[
		"a pattern that is none",
		"type: object\n  properties:\n    a: { type: string, pattern: '(' }",
		[
			expect.stringMatching(
				/^8: parameters\.properties\.a\.pattern: Invalid regular expression: /,
			),
		],
	],
])("a schema with %s", (_, parameters, faults) => {
	const text = `id: s\nname: S\ndescription: D\nrisk: { level: low }\nparameters:\n  ${parameters}\n${run}`;
	expect(
		faultsOf(
			text.replace("parameters:\n  type: array", "parameters: { type: array }"),
		),
	).toEqual(faults);
});
