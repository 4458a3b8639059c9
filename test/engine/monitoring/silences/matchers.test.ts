// A silence reaches its source with the operator that was meant, in both ways it is written;
// names that are proposed match themselves and nothing else.
import { expect, test } from "vitest";
import {
	commonMatchers,
	matcherText,
	sourceMatcher,
} from "../../../../src-main/engine/monitoring/silences/matchers.ts";

test.each([
	["=", false, true],
	["!=", false, false],
	["=~", true, true],
	["!~", true, false],
] as const)("%s is written so to the source", (operator, isRegex, isEqual) => {
	const matcher = { name: "instance", operator, value: 'db-.*|"x"' };
	expect(sourceMatcher(matcher)).toEqual({
		name: "instance",
		value: 'db-.*|"x"',
		isRegex,
		isEqual,
	});
	expect(matcherText(matcher)).toBe(`instance${operator}"db-.*|\\"x\\""`);
});

test("alerts of one name have their common labels proposed", () => {
	expect(
		commonMatchers([
			{ alertname: "Disk", service: "db", instance: "1", empty: "" },
			{ service: "db", alertname: "Disk", instance: "2", empty: "" },
		]),
	).toEqual([
		{ name: "alertname", operator: "=", value: "Disk" },
		{ name: "service", operator: "=", value: "db" },
	]);
	expect(commonMatchers([])).toEqual([]);
});

test("names that differ are a pattern of them, letter for letter", () => {
	const names = ["Disk (C:) 5.0+", "a|b", "Disk (C:) 5.0+"];
	const [matcher] = commonMatchers(names.map((alertname) => ({ alertname })));
	expect(matcher).toEqual({
		name: "alertname",
		operator: "=~",
		value: "Disk \\(C:\\) 5\\.0\\+|a\\|b",
	});
	const pattern = new RegExp(`^(?:${matcher?.value})$`);
	expect(names.every((name) => pattern.test(name))).toBe(true);
	expect(pattern.test("a")).toBe(false);
});

test.each([
	[20, 1],
	[21, 0],
])("%i names are %i matchers", (count, matchers) => {
	const alerts = Array.from({ length: count }, (_, index) => ({
		alertname: `Alert${index}`,
	}));
	expect(commonMatchers(alerts)).toHaveLength(matchers);
});
