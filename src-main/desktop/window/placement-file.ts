import { readFileSync } from "node:fs";
import { replaceFile } from "../atomic-file.ts";
import { type Placement, placement } from "./placement.ts";

/** The remembered placement; null when there is none or the file is not one of ours. */
export function readPlacement(file: string): Placement | null {
	try {
		const parsed = placement.safeParse(JSON.parse(readFileSync(file, "utf8")));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

/** Remembers a placement. Throws what the disk threw. */
export function writePlacement(file: string, value: Placement): void {
	replaceFile(file, `${JSON.stringify(value)}\n`);
}
