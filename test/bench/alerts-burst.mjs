/*
 * The inbox of alerts in a real Chromium while 10,000 alerts come in within a minute, a hundred to
 * a notification as Alertmanager's groups do. Two rounds: nobody touches the page, so that each
 * second other rows are drawn; then a person works in it, so that the pill counts. Every frame's
 * delta is counted, on a bare page of the same browser for comparison. Fails when fewer than 95 %
 * of the frames took at most 1/30 s, when one alert is missing at the end, or twice.
 *
 * node test/bench/alerts-burst.mjs [--alerts 10000] [--seconds 60]
 */
import { startEngine } from "../browser/engine-process.ts";
import {
	endFrames,
	openBrowser,
	quantile,
	startFrames,
} from "./browser-page.mjs";
import { numberFlag, report } from "./verdict.mjs";

const count = numberFlag("alerts", 10_000);
const seconds = numberFlag("seconds", 60);
const perCall = 100;
/** One frame of 30 a second; the clock of frames is off by less than half of a refresh. */
const frameMillis = 1_000 / 30 + 8;
const wantedOnTime = 0.95;

const engine = await startEngine();
const browser = await openBrowser();
try {
	const client = await engine.client();
	const [project] = await client.projects.list();
	const source = await client.integrations.create({
		projectId: project.id,
		type: "alertmanager",
		name: "Burst",
	});
	const page = await browser.context.newPage();
	await page.goto(engine.ui);
	await page.getByText("Connected").waitFor();
	await page.evaluate(() => {
		location.hash = "#/alerts";
	});
	await page.getByText("No alert yet").waitFor();
	const half = Math.ceil(count / 2);
	const left = await burst(page, source, 0, half);
	await page.keyboard.press("j");
	const worked = await burst(page, source, half, count, async () => {
		await page.keyboard.press("j");
	});
	await page.keyboard.press("Escape");
	await page.keyboard.press(".");
	await page
		.getByText(`${count.toLocaleString("en")} alerts`)
		.first()
		.waitFor({ timeout: 30_000 });
	const { total } = await client.alerts.list({
		projectId: project.id,
		limit: 1,
	});
	const bare = await browser.context.newPage();
	await bare.goto("data:text/html,<!doctype html><p>nothing");
	await bare.bringToFront();
	await startFrames(bare);
	await bare.waitForTimeout(4_000);
	const still = framesOf(await endFrames(bare));
	for (const [name, frames] of [
		["left alone", left],
		["worked in", worked],
	]) {
		report({
			name: `alerts, burst, ${name}`,
			figure: `${half} alerts in ${(frames.millis / 1_000).toFixed(0)} s: ${frames.count} frames, ${percent(frames.onTime)} on time, p99 ${frames.p99.toFixed(1)} ms, longest ${frames.longest.toFixed(0)} ms`,
			yardstick: `a bare page: ${percent(still.onTime)} on time, p99 ${still.p99.toFixed(1)} ms`,
			ratio: `${(frames.onTime / still.onTime).toFixed(3)} of the bare page's share`,
			target: `at least ${percent(wantedOnTime)} of frames within 1/30 s; ${count} alerts stored, ${total} are`,
			holds: frames.onTime >= wantedOnTime && total === count,
		});
	}
} finally {
	await browser.close();
	await engine.stop();
}

function percent(share) {
	return `${(100 * share).toFixed(1)} %`;
}

/** Sends alerts `from` to `to` evenly over their share of the time and answers the frames meanwhile. */
async function burst(page, source, from, to, between = async () => {}) {
	await page.bringToFront();
	await startFrames(page);
	const started = performance.now();
	const calls = Math.ceil((to - from) / perCall);
	const pause = (1_000 * seconds * (to - from)) / count / calls;
	for (let call = 0; call < calls; call++) {
		const first = from + call * perCall;
		await send(source, first, Math.min(to, first + perCall));
		await between();
		const wait = started + (call + 1) * pause - performance.now();
		if (wait > 0) await page.waitForTimeout(wait);
	}
	const millis = performance.now() - started;
	return { ...framesOf(await endFrames(page)), millis };
}

async function send(source, from, to) {
	const alerts = Array.from({ length: to - from }, (_, offset) => {
		const number = from + offset;
		return {
			status: "firing",
			labels: {
				alertname: `Burst${number % 40}`,
				severity: ["critical", "warning", "info"][number % 3],
				service: `service-${number % 25}`,
				instance: `10.0.${number >> 8}.${number & 255}:9100`,
			},
			annotations: { summary: `Number ${number} of a burst` },
			startsAt: new Date().toISOString(),
			endsAt: "0001-01-01T00:00:00Z",
			fingerprint: number.toString(16).padStart(16, "0"),
		};
	});
	const response = await fetch(new URL(source.webhookPath, engine.api), {
		method: "POST",
		headers: {
			"content-type": "application/json",
			authorization: `Bearer ${source.webhookSecret}`,
		},
		body: JSON.stringify({
			version: "4",
			status: "firing",
			receiver: "tocsin",
			groupKey: `{}:${from}`,
			groupLabels: {},
			commonLabels: {},
			commonAnnotations: {},
			alerts,
		}),
	});
	if (!response.ok) {
		throw new Error(`${response.status}: ${await response.text()}`);
	}
	await response.arrayBuffer();
}

function framesOf(deltas) {
	const late = deltas.filter((delta) => delta > frameMillis);
	return {
		count: deltas.length,
		onTime: 1 - late.length / deltas.length,
		p99: quantile(deltas, 0.99),
		longest: Math.max(...deltas),
	};
}
