import { join } from "node:path";
import type { NativeImage, nativeImage } from "electron";

/**
 * The two tray icons. macOS takes a template image: it colours the shape itself, to fit a
 * light or dark menu bar, and picks the `@2x` file beside it by its name.
 */
export function trayIcons(
	images: Pick<typeof nativeImage, "createFromPath">,
	directory: string,
	platform: NodeJS.Platform,
): { readonly calm: NativeImage; readonly alarm: NativeImage } {
	const names =
		platform === "darwin"
			? { calm: "trayTemplate.png", alarm: "trayAlarmTemplate.png" }
			: { calm: "tray.png", alarm: "tray-alarm.png" };
	return {
		calm: images.createFromPath(join(directory, names.calm)),
		alarm: images.createFromPath(join(directory, names.alarm)),
	};
}
