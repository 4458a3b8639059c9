/*
 * What is counted of incidents over a range is what a plain walk over the same incidents
 * counts: by local day and severity, by service, by project; means, medians and nine of
 * ten. A local day has 23, 24 or 25 hours, as its zone's clock says. Every day of the
 * range is told, also an empty one; incidents of another project or tenant are not.
 */
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { zonedRange } from "../../../src-main/engine/analytics/zone-spans.ts";
import { createEngine } from "../../../src-main/engine/engine.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const hour = 3_600_000;
const zones = [
	"UTC",
	"Europe/Berlin",
	"America/New_York",
	"Asia/Kolkata",
	"Australia/Lord_Howe",
];

test.each(zones)("local days of %s are those of the calendar", (timeZone) => {
	const format = new Intl.DateTimeFormat("en-CA", { timeZone });
	fc.assert(
		fc.property(
			fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
			fc.integer({ min: 1, max: 400 * 24 * hour }),
			(from, length) => {
				const { spans, days } = zonedRange(from, from + length, timeZone);
				expect(spans[0]?.[0]).toBe(from);
				expect(spans.at(-1)?.[1]).toBe(from + length);
				for (const [index, [since, until, shift]] of spans.entries()) {
					expect(since).toBe(index === 0 ? from : spans[index - 1]?.[1]);
					for (const at of [
						since,
						Math.floor((since + until) / 2),
						until - 1,
					]) {
						const day = new Date(at + shift).toISOString().slice(0, 10);
						expect(day).toBe(format.format(at));
						expect(days).toContain(day);
					}
				}
			},
		),
		{ numRuns: 60 },
	);
});

test("a range must be one", () => {
	expect(() => zonedRange(5, 5, "UTC")).toThrow("from must be before to");
	expect(() => zonedRange(0, 733 * 24 * hour, "UTC")).toThrow("732 days");
	for (const zone of ["+02:00", "Nowhere/Atlantis", ""]) {
		expect(() => zonedRange(0, 1, zone)).toThrow("IANA");
	}
});

test("counts are those of a plain walk", async () => {
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "1.0.0" },
		ports,
	);
	onTestFinished(() => engine.close());
	const by = engine.identity.localPrincipal();
	const projects = engine.identity.projects;
	const firstId = projects.firstId(by.tenant.key);
	const other = projects.create(by, { name: "Other" }).id;
	const advance = (millis: number) =>
		ports.clock.set(ports.clock.now() + millis);
	const begin = ports.clock.now();
	const timeZone = "Europe/Berlin";
	const made: {
		at: number;
		severity: Severity;
		service: string | null;
		begun: number | null;
		over: number | null;
	}[] = [];
	for (let index = 0; index < 90; index++) {
		advance(7 * hour + index * 1_000);
		const severity = ((index % 5) + 1) as Severity;
		const service = index % 3 === 0 ? null : `service-${index % 4}`;
		const isElsewhere = index % 10 === 9;
		const at = ports.clock.now();
		const { id } = engine.incidents.open(by, {
			title: `Incident ${index}`,
			description: "",
			severity,
			modelId: null,
			serviceName: service,
			projectId: isElsewhere ? other : index % 2 === 0 ? null : firstId,
		});
		let begun: number | null = null;
		let over: number | null = null;
		if (index % 4 > 0) {
			advance(index * 1_000);
			engine.incidents.act(by, [id], {
				kind: "move",
				to: index % 4 === 1 ? "acknowledged" : "investigating",
			});
			begun = ports.clock.now() - at;
		}
		if (index % 4 > 1) {
			advance(index * 10_000);
			engine.incidents.act(by, [id], { kind: "move", to: "resolved" });
			over = ports.clock.now() - at;
		}
		if (!isElsewhere) made.push({ at, severity, service, begun, over });
	}
	const from = begin + 24 * hour;
	const to = ports.clock.now() - 24 * hour;
	const inside = made.filter(({ at }) => at >= from && at < to);
	const report = engine.analytics.incidents(by.in(firstId), {
		from,
		to,
		timeZone,
	});
	const format = new Intl.DateTimeFormat("en-CA", { timeZone });
	const mean = (values: readonly (number | null)[]) => {
		const known = values.filter((value) => value !== null);
		const sum = known.reduce((all, value) => all + value, 0);
		return {
			count: known.length,
			meanMillis: known.length === 0 ? null : sum / known.length,
		};
	};
	const ranked = (values: readonly (number | null)[]) => {
		const known = values
			.filter((value) => value !== null)
			.toSorted((a, b) => a - b);
		const at = (share: number) => known[Math.ceil(known.length * share) - 1];
		return { ...mean(values), medianMillis: at(0.5), p90Millis: at(0.9) };
	};
	const told = (some: typeof made) => ({
		timeToAcknowledge: mean(some.map(({ begun }) => begun)),
		timeToResolve: mean(some.map(({ over }) => over)),
	});
	expect(inside.length).toBeGreaterThan(50);
	expect(report).toMatchObject({
		total: inside.length,
		open: inside.filter(({ over }) => over === null).length,
		timeToAcknowledge: ranked(inside.map(({ begun }) => begun)),
		timeToResolve: ranked(inside.map(({ over }) => over)),
	});
	expect(report.days.length).toBeGreaterThan(20);
	for (const { day, ...rest } of report.days) {
		const here = inside.filter(({ at }) => format.format(at) === day);
		expect([day, rest]).toEqual([
			day,
			{
				bySeverity: [1, 2, 3, 4, 5].map(
					(rank) => here.filter(({ severity }) => severity === rank).length,
				),
				...told(here),
			},
		]);
	}
	expect(report.severities).toEqual(
		[1, 2, 3, 4, 5].map((rank) => {
			const here = inside.filter(({ severity }) => severity === rank);
			return { severity: rank, count: here.length, ...told(here) };
		}),
	);
	const services = Map.groupBy(inside, ({ service }) => service);
	expect(report.services).toHaveLength(services.size);
	for (const { service, ...rest } of report.services) {
		const here = services.get(service) ?? [];
		expect([service, rest]).toEqual([
			service,
			{
				count: here.length,
				open: here.filter(({ over }) => over === null).length,
				...told(here),
			},
		]);
	}
	const elsewhere = engine.analytics.incidents(
		engine.identity.localPrincipal().in(other),
		{
			from: begin,
			to: ports.clock.now() + 1,
			timeZone,
		},
	);
	expect(elsewhere.total).toBe(9);
});
