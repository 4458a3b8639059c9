import { readFileSync } from "node:fs";
import { z } from "zod";

/** What a person may set for the desktop shell, in `desktop-settings.json` of the data folder. */
export const desktopSettings = z.strictObject({
	/** Keys in Electron's notation that show the window from anywhere; null for none. */
	globalShortcut: z
		.string()
		.min(1)
		.max(100)
		.nullable()
		.default("CommandOrControl+Shift+T"),
});
export type DesktopSettings = z.infer<typeof desktopSettings>;

/** Reads the settings. No file means the defaults; a file that cannot be used means the defaults and a reported reason. */
export function readDesktopSettings(
	file: string,
	report: (reason: string) => void,
): DesktopSettings {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		if (!isAbsent(error)) report(`${file} cannot be read: ${String(error)}`);
		return desktopSettings.parse({});
	}
	try {
		return desktopSettings.parse(JSON.parse(text));
	} catch (error) {
		const reason =
			error instanceof z.ZodError ? z.prettifyError(error) : String(error);
		report(`${file} is not used: ${reason}`);
		return desktopSettings.parse({});
	}
}

function isAbsent(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
