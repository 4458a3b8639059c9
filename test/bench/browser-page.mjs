import { chromium } from "playwright-core";
import { findBrowser } from "../runner/find-browser.mjs";

/** Opens a Chromium whose pages are as large as a laptop's window; throws where there is none. */
export async function openBrowser() {
	const executablePath = findBrowser();
	if (executablePath === null) {
		throw new Error(
			"There is no Chromium, Chrome or Edge; name one with TOCSIN_BROWSER",
		);
	}
	const browser = await chromium.launch({ executablePath });
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
	});
	return { context, close: () => browser.close() };
}

/** The smallest value that at least `share` of them do not exceed. */
export function quantile(values, share) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[
		Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)
	];
}

/** Begins to note the milliseconds between frames of the page. Every delta is a frame that was really made: a late one is as long as it made a person wait. */
export async function startFrames(page) {
	await page.evaluate(() => {
		const deltas = [];
		let last = null;
		let running = true;
		const frame = (now) => {
			if (last !== null) deltas.push(now - last);
			last = now;
			if (running) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		globalThis.endFrames = () => {
			running = false;
			return deltas;
		};
	});
}

/** What was noted since `startFrames`. */
export function endFrames(page) {
	return page.evaluate(() => globalThis.endFrames());
}

/**
 * Milliseconds between frames while the page is scrolled with the wheel by `distance` pixels at
 * `speed` pixels a second, from a point of the page.
 */
export async function scrollFrames(page, { x, y, distance, speed }) {
	const session = await page.context().newCDPSession(page);
	await startFrames(page);
	await session.send("Input.synthesizeScrollGesture", {
		x,
		y,
		yDistance: -distance,
		speed,
		gestureSourceType: "mouse",
	});
	const deltas = await endFrames(page);
	await session.detach();
	return deltas;
}
