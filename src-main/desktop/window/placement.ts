import { z } from "zod";

export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

const length = z.number().int().min(1).max(100_000);
const position = z.number().int().min(-100_000).max(100_000);

/** Where a window was: its bounds when neither maximised nor full screen, in device-independent pixels. */
export const placement = z.object({
	bounds: z.object({ x: position, y: position, width: length, height: length }),
	isMaximized: z.boolean(),
	isFullScreen: z.boolean(),
});
export type Placement = z.infer<typeof placement>;

export const smallestWindow = { width: 1_024, height: 640 };
const firstWindow = { width: 1_440, height: 900 };

/**
 * Where to open the window, given the work areas of the displays there are now (the primary
 * one first, at least one): wholly inside the work area that the remembered bounds cover
 * most; in the middle of the primary one when they cover none or nothing is remembered.
 */
export function placeWindow(
	remembered: Placement | null,
	workAreas: readonly [Rectangle, ...Rectangle[]],
): Placement {
	const bounds = remembered?.bounds;
	let home = workAreas[0];
	let most = 0;
	for (const area of bounds ? workAreas : []) {
		const covered = bounds ? overlap(bounds, area) : 0;
		if (covered > most) {
			most = covered;
			home = area;
		}
	}
	return {
		bounds:
			bounds && most > 0
				? pushInside(bounds, home)
				: centre(bounds ?? firstWindow, home),
		isMaximized: remembered?.isMaximized ?? false,
		isFullScreen: remembered?.isFullScreen ?? false,
	};
}

function overlap(a: Rectangle, b: Rectangle): number {
	const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return width > 0 && height > 0 ? width * height : 0;
}

function sizeInside(
	wanted: { readonly width: number; readonly height: number },
	area: Rectangle,
): { width: number; height: number } {
	return {
		width: Math.min(Math.max(wanted.width, smallestWindow.width), area.width),
		height: Math.min(
			Math.max(wanted.height, smallestWindow.height),
			area.height,
		),
	};
}

function pushInside(bounds: Rectangle, area: Rectangle): Rectangle {
	const { width, height } = sizeInside(bounds, area);
	return {
		x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - width),
		y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - height),
		width,
		height,
	};
}

function centre(
	wanted: { readonly width: number; readonly height: number },
	area: Rectangle,
): Rectangle {
	const { width, height } = sizeInside(wanted, area);
	return {
		x: area.x + Math.floor((area.width - width) / 2),
		y: area.y + Math.floor((area.height - height) / 2),
		width,
		height,
	};
}
