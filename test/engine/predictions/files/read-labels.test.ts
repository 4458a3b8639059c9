// Labels that come later join by id: a row needs both, and says so when it lacks one.
import { expect, test } from "vitest";
import {
	categoryAt,
	guessLabelMapping,
	inspectFile,
	readLabels,
	unpackTexts,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

test("ids and labels arrive in pairs, bad rows with their line", async () => {
	const path = await files.write(
		"labels.csv",
		`id,clf_target\n5832,0\n5833,1.0\n,1\n5834,\n${"x".repeat(201)},1\n5835,True\n`,
	);
	const inspection = await inspectFile(path);
	const guess = guessLabelMapping(inspection);
	expect(guess).toEqual({ eventId: "id", label: "clf_target", problems: [] });
	const pairs: unknown[] = [];
	const rejected: unknown[] = [];
	for await (const batch of readLabels(
		path,
		inspection,
		{ eventId: "id", label: "clf_target" },
		{ blockBytes: 20 },
	)) {
		const ids = unpackTexts(batch.eventId);
		for (let i = 0; i < batch.count; i++) {
			pairs.push([batch.lines[i], ids[i], categoryAt(batch.label, i)]);
		}
		rejected.push(...batch.rejected.map(({ line, code }) => [line, code]));
	}
	expect(pairs).toEqual([
		[2, "5832", "0"],
		[3, "5833", "1"],
		[7, "5835", "true"],
	]);
	expect(rejected).toEqual([
		[4, "id_missing"],
		[5, "label_missing"],
		[6, "id_invalid"],
	]);
});

test("a column that is not there is refused", async () => {
	const path = await files.write("labels.csv", "id,y\n1,1\n");
	const inspection = await inspectFile(path);
	const labels = readLabels(path, inspection, { eventId: "id", label: "z" });
	await expect(labels.next()).rejects.toMatchObject({ code: "unknown_column" });
});

test("the only other column is the label, whatever its name; of several none is", async () => {
	const two = await inspectFile(
		await files.write("l.csv", "id,churned\na,1\n"),
	);
	expect(guessLabelMapping(two).label).toBe("churned");
	const three = await inspectFile(await files.write("l.csv", "k,a,b\na,1,2\n"));
	expect(guessLabelMapping(three)).toMatchObject({
		eventId: null,
		label: null,
		problems: [{ code: "no_event_id" }, { code: "no_label" }],
	});
});
