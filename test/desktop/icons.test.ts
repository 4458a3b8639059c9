// Every icon that the shell or the packager names is there and has the size of its name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../resources/icons");

/** Width and height from the PNG's first chunk. */
function sizeOf(name: string): [number, number] {
	const bytes = readFileSync(join(folder, name));
	expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
	return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test.each([
	["tocsin-16.png", 16],
	["tocsin-32.png", 32],
	["tocsin-256.png", 256],
	["tocsin-512.png", 512],
	["tray.png", 32],
	["tray-alarm.png", 32],
	["trayTemplate.png", 16],
	["trayTemplate@2x.png", 32],
	["trayAlarmTemplate.png", 16],
	["trayAlarmTemplate@2x.png", 32],
])("%s is %i pixels square", (name, size) => {
	expect(sizeOf(name)).toEqual([size, size]);
});
