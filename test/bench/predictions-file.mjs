import { closeSync, openSync, writeSync } from "node:fs";
import { mulberry32 } from "../../src-main/engine/drift/statistics/index.ts";

/** Writes a CSV of predictions in 8 columns, about 56 bytes a row: one event every 2.6 s from 2026 on, the same each time. */
export function writePredictions(path, rows) {
	const random = mulberry32(42);
	const countries = ["DE", "FR", "US", "GB", "JP", "BR"];
	const channels = ["web", "app", "pos"];
	const start = Date.UTC(2026, 0, 1);
	const file = openSync(path, "w");
	let text =
		"event_id,event_time,score,prediction,amount,age,country,channel\n";
	for (let row = 0; row < rows; row++) {
		const id = `t${String(row).padStart(7, "0")}`;
		const time = new Date(start + row * 2_592).toISOString().slice(0, 19);
		const score = random();
		const amount = (-Math.log(1 - random()) * 80).toFixed(2);
		const age = 18 + Math.floor(random() * 60);
		const country = countries[Math.floor(random() * countries.length)];
		const channel = channels[Math.floor(random() * channels.length)];
		text += `${id},${time}Z,${score.toFixed(4)},${score > 0.5 ? 1 : 0},${amount},${age},${country},${channel}\n`;
		if (text.length > 1 << 20) {
			writeSync(file, text);
			text = "";
		}
	}
	writeSync(file, text);
	closeSync(file);
}
