// A mapping is guessed from names and types, explained, and never completed by chance.
import { describe, expect, test } from "vitest";
import {
	checkMapping,
	guessMapping,
	inspectFile,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

async function guess(csv: string, modelId?: string) {
	const inspection = await inspectFile(await files.write("g.csv", csv));
	return { inspection, ...guessMapping(inspection, { modelId }) };
}

const values: Record<string, string> = {
	time: "2026-01-01T00:00:00Z",
	text: "x",
	number: "0.5",
};

describe("usual names", () => {
	const cases: [string, string, string][] = [
		...["score", "y_pred_proba", "Probability", "proba", "P", "Y Score"].map(
			(name): [string, string, string] => [name, "number", "score"],
		),
		...["y_pred", "prediction", "predicted"].map(
			(name): [string, string, string] => [name, "number", "prediction"],
		),
		...["y_true", "label", "target", "clf_target", "actual"].map(
			(name): [string, string, string] => [name, "number", "label"],
		),
		...["timestamp", "Event-Time", "time", "date", "ts"].map(
			(name): [string, string, string] => [name, "time", "eventTime"],
		),
		...["id", "event_id", "prediction_id"].map(
			(name): [string, string, string] => [name, "text", "eventId"],
		),
		...["model", "modelId"].map((name): [string, string, string] => [
			name,
			"text",
			"model",
		]),
		...["entity", "entity_id", "user_id"].map(
			(name): [string, string, string] => [name, "text", "entityId"],
		),
		...["version", "model_version"].map((name): [string, string, string] => [
			name,
			"text",
			"modelVersion",
		]),
	];
	test.each(cases)("%s, a %s, is the %s", async (name, kind, field) => {
		const { fields } = await guess(`${name},other\n${values[kind]},y\n`);
		expect(fields).toEqual({ [field]: name });
	});
});

test("the better name wins and the other is a feature", async () => {
	const { mapping } = await guess("p,score,timestamp\n1,0.5,2026-01-01\n", "m");
	expect(mapping).toMatchObject({ score: "score", features: ["p"] });
});

test("a score of text is no score", async () => {
	const { mapping, problems } = await guess(
		"score,time\nhigh,2026-01-01\n",
		"m",
	);
	expect(mapping).toBeNull();
	expect(problems.map(({ code }) => code)).toEqual(["no_score"]);
});

test("what is missing is asked for", async () => {
	const { mapping, problems, confidence } = await guess("a,b\n1,2\n");
	expect(mapping).toBeNull();
	expect(confidence).toBe(0);
	expect(problems.map(({ code }) => code)).toEqual([
		"no_score",
		"no_model",
		"no_event_time",
	]);
});

test("times, empty columns and nested values are no features, and it says why", async () => {
	const path = await files.write(
		"g.ndjson",
		'{"score":1,"time":"2026-01-01","seen":"2026-01-02","tags":[1],"none":null,"a":1}\n',
	);
	const { features, explanations } = guessMapping(await inspectFile(path));
	expect(features).toEqual(["a"]);
	for (const name of ["seen", "tags", "none"]) {
		expect(explanations.join("\n")).toContain(`"${name}" is left out`);
	}
});

test("a mapping that does not fit the file is refused", async () => {
	const { inspection } = await guess("score,a,time\n1,2,soon\n", "m");
	const base = {
		model: { constant: "m" },
		score: "score",
		eventTime: null,
		features: [],
	};
	const check = (change: object) => () =>
		checkMapping(inspection, { ...base, ...change });
	expect(check({ score: "x" })).toThrow('There is no column "x"');
	expect(check({ features: ["a", "a"] })).toThrow("named twice");
	expect(check({ model: { constant: "" } })).toThrow("empty");
	expect(check({ eventTime: "time" })).toThrow("does not look like times");
	expect(check({ eventTime: "time", dateFormat: "iso" })()).toBe("iso");
});
