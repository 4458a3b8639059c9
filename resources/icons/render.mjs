// Renders the SVGs of this folder to the PNGs that the desktop and the packager need.
// Run after changing one of them: npx node resources/icons/render.mjs
// TOCSIN_BROWSER names the browser; /usr/bin/chromium by default.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const renderings = [
	...[16, 32, 256, 512].map((size) => [
		"tocsin.svg",
		`tocsin-${size}.png`,
		size,
	]),
	["tocsin.svg", "tray.png", 32],
	["tocsin-alarm.svg", "tray-alarm.png", 32],
	["bell-template.svg", "trayTemplate.png", 16],
	["bell-template.svg", "trayTemplate@2x.png", 32],
	["bell-alarm-template.svg", "trayAlarmTemplate.png", 16],
	["bell-alarm-template.svg", "trayAlarmTemplate@2x.png", 32],
];

const browser = await chromium.launch({
	executablePath: process.env.TOCSIN_BROWSER ?? "/usr/bin/chromium",
});
try {
	const page = await browser.newPage();
	for (const [source, target, size] of renderings) {
		const svg = await readFile(join(import.meta.dirname, source), "utf8");
		await page.setViewportSize({ width: size, height: size });
		await page.setContent(
			`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
		);
		const png = await page.screenshot({ omitBackground: true, type: "png" });
		await writeFile(join(import.meta.dirname, target), png);
	}
} finally {
	await browser.close();
}
