// A date that can be read in two ways is never guessed: the whole file decides, or a person.
import { describe, expect, test } from "vitest";
import {
	DATE_FORMATS,
	type DateFormat,
	guessMapping,
	inspectFile,
	readRows,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { readAll, temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();
const day = Date.UTC(2024, 3, 3);

function csvOf(times: readonly string[]): string {
	return `time,score\n${times.map((time) => `${time},0.5\n`).join("")}`;
}

async function detect(times: readonly string[]) {
	const path = await files.write("t.csv", csvOf(times));
	const inspection = await inspectFile(path, {
		sampleRows: 50,
		blockBytes: 256,
	});
	return {
		path,
		inspection,
		guess: guessMapping(inspection, { modelId: "m" }),
	};
}

describe("detection", () => {
	const cases: [string, string[], string | undefined][] = [
		["RFC 3339", ["2024-04-03T00:00:00Z"], "iso"],
		["space and no zone", ["2024-04-03 00:00:00"], "iso"],
		["no seconds", ["2024-04-03 00:00"], "iso"],
		["days", ["2024-04-03"], "iso"],
		["slashes, year first", ["2024/04/03", "2024/4/3 10:00"], "ymd"],
		["seconds", ["1712102400"], "epoch_s"],
		["seconds with a fraction", ["1712102400.25"], "epoch_s"],
		["milliseconds", ["1712102400000"], "epoch_ms"],
		["day first by one value", ["03/04/2024", "13/04/2024"], "dmy"],
		["month first by one value", ["04/03/2024", "04/13/2024"], "mdy"],
		["dots", ["31.12.2024 23:59", "1.2.2024"], "dmy"],
		["hyphens", ["31-12-2024"], "dmy"],
		["neither", ["03/04/2024", "05/06/2024"], "ambiguous"],
		["both", ["13/04/2024", "04/13/2024"], "ambiguous"],
		["the same day and month", ["04/04/2024"], "ambiguous"],
		["a few bad ones", [...Array(20).fill("2024-04-03"), "soon"], "iso"],
		["bad ones among day first", [...Array(20).fill("13/04/2024"), "?"], "dmy"],
		["text", ["soon", "later"], undefined],
		["impossible", ["2024-02-30"], undefined],
		["microseconds", ["1712102400000000"], undefined],
		["digits of a day", ["20240403"], undefined],
		["two-digit years", ["03/04/24"], undefined],
	];
	test.each(cases)("%s", async (_, times, expected) => {
		const { guess, inspection } = await detect(times);
		if (expected === "ambiguous") {
			expect(inspection.columns[0]?.dateFormat).toBe("ambiguous");
			expect(guess.mapping).toBeNull();
			expect(guess.problems.map(({ code }) => code)).toEqual([
				"ambiguous_dates",
			]);
		} else if (expected === undefined) {
			expect(guess.mapping).toBeNull();
			expect(guess.problems[0]?.code).toBe("unreadable_times");
		} else {
			expect(guess.mapping?.dateFormat).toBe(expected);
		}
	});

	test("a deciding day far beyond the sample counts", async () => {
		const times = [...Array(3000).fill("03/04/2024"), "25/04/2024"];
		expect((await detect(times)).guess.mapping?.dateFormat).toBe("dmy");
	});

	test("a contradiction far beyond the sample makes it ambiguous", async () => {
		const times = [
			"25/04/2024",
			...Array(3000).fill("03/04/2024"),
			"04/25/2024",
		];
		expect((await detect(times)).guess.mapping).toBeNull();
	});
});

test("the question names both readings and what to pass", async () => {
	const { guess } = await detect(["03/04/2024", "05/06/2024"]);
	expect(guess.problems[0]?.message).toBe(
		'The dates in the column "time" can be read in two ways: "03/04/2024" could be 3 April or 4 March. Pass --date-format dmy or --date-format mdy.',
	);
});

test("reading ambiguous dates without an answer is refused", async () => {
	const { path, inspection } = await detect(["03/04/2024"]);
	const rows = readRows(path, inspection, {
		model: { constant: "m" },
		score: "score",
		eventTime: "time",
		features: [],
	});
	await expect(rows.next()).rejects.toMatchObject({ code: "ambiguous_dates" });
});

describe("reading", () => {
	const cases: [DateFormat, string, number | null][] = [
		["dmy", "03/04/2024", day],
		["mdy", "04/03/2024", day],
		["dmy", "3.4.2024 10:30", day + 10.5 * 3_600_000],
		["mdy", "4-3-2024T10:30:15", day + 10.5 * 3_600_000 + 15_000],
		["dmy", "04/13/2024", null],
		["mdy", "13/04/2024", null],
		["dmy", "30/02/2024", null],
		["dmy", "3/4-2024", null],
		["dmy", "03/04/2024 24:00", null],
		["ymd", "2024/04/03", day],
		["ymd", "2024-4-3 1:02", day + 3_720_000],
		["ymd", "2024/02/30", null],
		["iso", "2024-04-03", day],
		["iso", " 2024-04-03 ", day],
		["iso", "2024-04-03T02:00:00+02:00", day],
		["iso", "2024-04-03T00:00:00.123456", day + 123],
		["iso", "2024-02-30", null],
		["iso", "2024-04-03T23:59:60Z", null],
		["iso", "03/04/2024", null],
		["epoch_s", "1712102400", day],
		["epoch_s", "1712102400.5", day + 500],
		["epoch_s", "1712102400000000", null],
		["epoch_s", "-1", null],
		["epoch_s", "0x10", null],
		["epoch_ms", "1712102400000", day],
		["epoch_ms", "1.7121024e12", day],
		["epoch_ms", "yesterday", null],
	];
	test.each(cases)("%s %j", async (dateFormat, text, expected) => {
		const path = await files.write("t.csv", csvOf([text]));
		const { rows, rejected } = await readAll(path, {
			eventTime: "time",
			dateFormat,
		});
		if (expected === null) {
			expect(rejected).toMatchObject([{ line: 2, code: "time_invalid" }]);
		} else {
			expect(rows.map(({ time }) => time)).toEqual([expected]);
		}
	});

	test("a missing time is told apart from a bad one", async () => {
		const path = await files.write("t.csv", csvOf(["2024-04-03", "", "NaT"]));
		const { rejected } = await readAll(path);
		expect(rejected.map(({ line, code }) => [line, code])).toEqual([
			[3, "time_missing"],
			[4, "time_missing"],
		]);
	});

	test("times without a zone can be read at an offset", async () => {
		const path = await files.write(
			"t.csv",
			csvOf(["2024-04-03 02:00", "2024-04-03T00:00:00Z"]),
		);
		const { rows } = await readAll(path, { timeZone: "+02:00" });
		expect(rows.map(({ time }) => time)).toEqual([day, day]);
		await expect(readAll(path, { timeZone: "Mars" })).rejects.toMatchObject({
			code: "mapping_invalid",
		});
	});

	test("a format that is told is used as it is", async () => {
		const path = await files.write("t.csv", csvOf(["03/04/2024"]));
		const inspection = await inspectFile(path);
		for (const dateFormat of DATE_FORMATS) {
			const guess = guessMapping(inspection, { modelId: "m", dateFormat });
			expect(guess.mapping?.dateFormat).toBe(dateFormat);
		}
	});
});
