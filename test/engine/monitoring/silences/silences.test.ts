import { expect, onTestFinished, test } from "vitest";
import { EngineError } from "../../../../src-main/engine/errors.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { testInProject } from "../../test-member.ts";
import { temporaryFolder } from "../../test-ports.ts";
import { here, openMonitoring, tenant } from "../open-monitoring.ts";
import { fakeAlertmanager } from "../polling/fake-alertmanager.ts";

/*
 * Before a silence is asked for, the source itself says what it would match, beyond the
 * incident too. What is asked is written down before, what came of it after, and one whose
 * answer was lost is called unknown until the source is asked again. Where the source does
 * not answer nothing is pretended.
 */

const incidentId = "incident-1";
const startsAt = "2026-01-20T12:00:00.000Z";
const labels = (instance: string, alertname = "DiskFull") => ({
	alertname,
	service: "db",
	instance,
});
const matchers = [
	{ name: "alertname", operator: "=" as const, value: "DiskFull" },
];
const hour = 60 * 60_000;

async function open(folder = temporaryFolder(onTestFinished)) {
	const source = await fakeAlertmanager();
	source.state.alerts = [
		{ labels: labels("db-1"), startsAt },
		{ labels: labels("db-2"), startsAt },
		{ labels: labels("web-1"), startsAt },
		{ labels: labels("db-1", "SlowQueries"), startsAt },
	];
	const told: string[] = [];
	const options: NonNullable<Parameters<typeof openMonitoring>[0]> = {
		folder,
		incident: (sight, id) => {
			if (id !== incidentId || !sight.sees(null)) {
				throw new EngineError("NOT_FOUND", "No such incident.");
			}
			return { number: 12, title: "Disks fill up" };
		},
		recordEvent: (_by, _id, text) => told.push(text),
	};
	const service = openMonitoring(options);
	const integration = await service.add("alertmanager", { url: source.url });
	const { monitoring, store } = service;
	await monitoring.polling.pollNow(
		must(monitoring.integrationRepository.byId(integration.id), "there"),
	);
	const ofIncident = service
		.alerts()
		.filter(({ labels: { instance, alertname } }) =>
			alertname === "DiskFull" ? instance?.startsWith("db") : false,
		);
	const keys = monitoring.alerts
		.openOf(
			tenant,
			must(monitoring.integrationRepository.byId(integration.id), "").key,
		)
		.filter(({ id }) => ofIncident.some((alert) => alert.id === id))
		.map(({ key }) => key);
	store.work.run((transaction) =>
		monitoring.alerts.link(transaction, tenant, keys, { incidentId }),
	);
	return {
		...service,
		source,
		told,
		options,
		integration,
		silences: monitoring.silences,
		create: (more = {}) =>
			monitoring.silences.create(here, {
				incidentId,
				matchers,
				endsAt: service.clock.now() + hour,
				comment: "Disks are being replaced",
				...more,
			}),
		list: () => monitoring.silences.list(here, incidentId),
	};
}

test("what the incident's alerts have in common is proposed, and what else it would silence is shown", async () => {
	const { silences, integration } = await open();
	const proposed = await silences.preview(here, { incidentId });
	expect(proposed).toMatchObject({
		integrationId: integration.id,
		matchers: [
			{ name: "alertname", operator: "=", value: "DiskFull" },
			{ name: "service", operator: "=", value: "db" },
		],
		total: 3,
		ofIncident: 2,
		unmatched: 0,
	});
	expect(
		proposed.alerts.map(({ labels: { instance }, isOfIncident }) => [
			instance,
			isOfIncident,
		]),
	).toEqual([
		["db-1", true],
		["db-2", true],
		["web-1", false],
	]);
	expect(
		await silences.preview(here, {
			incidentId,
			matchers: [{ name: "instance", operator: "=~", value: "db-2|web-.*" }],
		}),
	).toMatchObject({ total: 2, ofIncident: 1, unmatched: 1 });
});

test("values with quotes, backslashes and new lines match themselves", async () => {
	const { silences, source } = await open();
	const value = 'a "b" \\ c\nd';
	source.state.alerts.push({ labels: { alertname: value }, startsAt });
	expect(
		await silences.preview(here, {
			incidentId,
			matchers: [{ name: "alertname", operator: "=", value }],
		}),
	).toMatchObject({ total: 1, alerts: [{ name: value, alertId: null }] });
});

test("it is set with its creator and a comment that names the incident, listed, and ended", async () => {
	const { create, list, silences, source, told } = await open();
	const silence = await create();
	expect(silence).toMatchObject({
		status: "active",
		createdBy: "Ana",
		sourceId: source.state.silences[0]?.id,
	});
	expect(source.state.silences).toMatchObject([
		{
			createdBy: "Ana",
			comment: `Disks are being replaced - incident #12: Disks fill up (Tocsin silence ${silence.id})`,
			matchers: [
				{ name: "alertname", value: "DiskFull", isRegex: false, isEqual: true },
			],
			endsAt: "2026-01-20T14:00:00.000Z",
		},
	]);
	expect(await list()).toMatchObject({
		items: [{ id: silence.id, status: "active" }],
		unreached: [],
	});
	expect(await silences.expire(here, silence.id)).toMatchObject({
		status: "expired",
		expiredBy: "Ana",
	});
	expect(source.state.silences).toMatchObject([{ state: "expired" }]);
	expect(told).toEqual([
		expect.stringMatching(
			/^Silenced alertname="DiskFull" at The alertmanager until 2026-01-20T14:00:00.000Z: Disks are/,
		),
		expect.stringMatching(/^Ended the silence of alertname="DiskFull"/),
	]);
	await expect(silences.expire(here, silence.id)).rejects.toMatchObject({
		code: "CONFLICT",
	});
});

test("one that is ended or forgotten at the source is over here too", async () => {
	const { create, list, source } = await open();
	await create();
	const silence = must(source.state.silences[0], "set");
	silence.state = "expired";
	expect((await list()).items).toMatchObject([{ status: "expired" }]);
	await create();
	source.state.silences = [];
	expect((await list()).items).toMatchObject([
		{ status: "expired" },
		{ status: "expired" },
	]);
});

test("offline nothing is silenced, and that is said and kept", async () => {
	const { create, list, source, told, silences } = await open();
	await source.close();
	await expect(create()).rejects.toMatchObject({
		code: "UNAVAILABLE",
		message: expect.stringMatching(/Nobody listens .* Nothing was silenced\./),
	});
	await expect(silences.preview(here, { incidentId })).rejects.toMatchObject({
		code: "UNAVAILABLE",
	});
	expect(await list()).toMatchObject({ items: [{ status: "failed" }] });
	expect(told).toEqual([expect.stringMatching(/^No silence came about/)]);
});

test("what the source refuses is refused in its own words", async () => {
	const { create, list, source } = await open();
	source.state.instead = ({ method }) =>
		method === "POST" ? { status: 400, json: "bad matcher format" } : null;
	await expect(create()).rejects.toMatchObject({
		code: "INVALID",
		message: expect.stringContaining("bad matcher format"),
	});
	expect((await list()).items).toMatchObject([{ status: "failed" }]);
});

test.each([
	["took it", true, "active"],
	["did not take it", false, "failed"],
])(
	"an answer that is lost leaves it unknown, until it is seen that the source %s",
	async (_name, isTaken, status) => {
		const { create, list, source, clock } = await open();
		source.state.instead = ({ method, body }) => {
			if (method !== "POST") return null;
			const given = body as {
				matchers: [];
				startsAt: string;
				endsAt: string;
				createdBy: string;
				comment: string;
			};
			if (isTaken)
				source.state.silences.push({ ...given, id: "s-1", state: "active" });
			return "hang-up";
		};
		await expect(create()).rejects.toMatchObject({
			code: "UNAVAILABLE",
			message: expect.stringContaining("It is not known"),
		});
		source.state.instead = () => "hang-up";
		expect(await list()).toMatchObject({
			items: [{ status: "unknown" }],
			unreached: [{ integrationName: "The alertmanager" }],
		});
		source.state.instead = null;
		clock.pass(60_000);
		expect((await list()).items).toMatchObject([{ status }]);
	},
);

test("what was asked for when the engine was killed is looked for at the source", async () => {
	const folder = temporaryFolder(onTestFinished);
	const { create, source, close, options, clock } = await open(folder);
	let isAsked = () => {};
	const asked = new Promise<void>((resolve) => {
		isAsked = resolve;
	});
	source.state.instead = ({ method, body }) => {
		if (method !== "POST") return null;
		const given = body as {
			matchers: [];
			startsAt: string;
			endsAt: string;
			createdBy: string;
			comment: string;
		};
		source.state.silences.push({ ...given, id: "s-1", state: "active" });
		isAsked();
		return "hang-up";
	};
	const lost = create().catch((error: unknown) => error);
	await asked;
	close();
	await lost;
	source.state.instead = null;
	const again = openMonitoring(options);
	again.clock.jump(clock.now() - again.clock.now() + 60_000);
	expect(
		(await again.monitoring.silences.list(here, incidentId)).items,
	).toMatchObject([{ status: "active", sourceId: "s-1" }]);
});

test("an incident of another project, a source without an Alertmanager, and a time that is past are refused", async () => {
	const { create, silences, add, clock } = await open();
	await expect(
		silences.preview(testInProject(tenant, "project-2"), { incidentId }),
	).rejects.toMatchObject({ code: "NOT_FOUND" });
	await expect(create({ incidentId: "other" })).rejects.toMatchObject({
		code: "NOT_FOUND",
	});
	const { id } = await add("prometheus", { url: "http://127.0.0.1:9/" });
	await expect(create({ integrationId: id })).rejects.toMatchObject({
		code: "INVALID",
	});
	await expect(create({ endsAt: clock.now() })).rejects.toMatchObject({
		code: "INVALID",
	});
});
