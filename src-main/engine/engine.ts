import { join } from "node:path";
import type { EngineStatus } from "../../src-shared/contract/index.ts";
import { AnalyticsService } from "./analytics/index.ts";
import { AssistantService } from "./assistant/index.ts";
import { DriftSchedule, DriftService } from "./drift/index.ts";
import type { EngineConfig } from "./engine-config.ts";
import { EventFeed, incidentRecorder } from "./feed/index.ts";
import {
	type Principal,
	Sight,
	type TenantRef,
} from "./identity/access/index.ts";
import { IdentityService } from "./identity/index.ts";
import { IncidentsService } from "./incidents/index.ts";
import { InsightService, reportedDeployment } from "./insight/index.ts";
import { type JobContext, Jobs } from "./jobs/index.ts";
import { Listening } from "./listening.ts";
import { LiveHub } from "./live/index.ts";
import { ModelsService } from "./models/index.ts";
import { CorrelationService, MonitoringService } from "./monitoring/index.ts";
import { createOutbound, type Outbound } from "./outbound/index.ts";
import {
	openCatalogue,
	type PlaybookCatalogue,
	PlaybooksService,
} from "./playbooks/index.ts";
import type { Clock, Compute, Log, Ports } from "./ports.ts";
import { ImportsService, PredictionsService } from "./predictions/index.ts";
import { Vault } from "./secrets/index.ts";
import { type ContractServices, engineServices } from "./services/index.ts";
import { openCommandStore } from "./store/index.ts";
import { UploadRegistry } from "./uploads/index.ts";
import { WebhooksService } from "./webhooks/index.ts";

/** A running engine: its modules, and the contract over them. */
export interface Engine {
	readonly identity: IdentityService;
	readonly incidents: IncidentsService;
	readonly predictions: PredictionsService;
	readonly drift: DriftService;
	readonly models: ModelsService;
	/** The playbooks of this machine. */
	readonly catalogue: PlaybookCatalogue;
	readonly playbooks: PlaybooksService;
	readonly schedule: DriftSchedule;
	readonly imports: ImportsService;
	readonly uploads: UploadRegistry;
	readonly jobs: Jobs;
	readonly live: LiveHub;
	/** What happened to incidents and actions, kept in order. */
	readonly feed: EventFeed;
	/** The one way out to other machines. */
	readonly outbound: Outbound;
	readonly webhooks: WebhooksService;
	/** What may have caused incidents. */
	readonly insight: InsightService;
	/** What happened over time, and what it cost. */
	readonly analytics: AnalyticsService;
	/** The model server of each tenant, and what may be sent to it. */
	readonly assistant: AssistantService;
	/** Other monitoring systems, and what they tell. */
	readonly monitoring: MonitoringService;
	/** How alerts become incidents. */
	readonly correlation: CorrelationService;
	readonly services: ContractServices;
	/** What it is told of its listeners. */
	readonly listening: Listening;
	readonly clock: Clock;
	readonly log: Log;
	readonly compute: Compute;
	status(principal: Principal): EngineStatus;
	/** Assesses a stretch of a model's history, showing its progress on a job. */
	assessHistory(
		tenant: TenantRef,
		modelId: string,
		range: {
			from?: number | undefined;
			to?: number | undefined;
			every?: number | undefined;
		},
		context: JobContext,
	): Promise<void>;
	/** Finishes what was accepted and closes both databases. */
	close(): Promise<void>;
}

/** Builds an engine, in the order its parts need each other. Throws a StoreError for an unusable database. */
export async function createEngine(
	config: EngineConfig,
	ports: Ports,
): Promise<Engine> {
	const { dataDirectory, version } = config;
	const { clock, random, notifier, log, compute } = ports;
	const startedAt = clock.now();
	const live = new LiveHub();
	const listening = new Listening();
	const outbound = createOutbound({
		...ports.network,
		ownPorts: () => listening.listeners.ports,
		monotonic: () => clock.monotonic(),
	});
	const store = openCommandStore(join(dataDirectory, "command.db"), ports);
	const feed = new EventFeed({ store, clock, log });
	const identity = new IdentityService(store, ports, {
		dataDirectory,
		allowRegistration: config.allowRegistration ?? true,
		membersChanged: (tenantKey) => live.publish(tenantKey, { kind: "members" }),
	});
	const uploads = new UploadRegistry({ dataDirectory }, ports);
	const jobs = new Jobs({
		store,
		clock,
		random,
		log,
		publish: (tenantKey, jobIds) =>
			live.publish(tenantKey, { kind: "jobs", jobIds }),
	});
	const predictions = new PredictionsService(
		join(dataDirectory, "predictions.db"),
		{
			clock,
			random,
			log,
			compute,
			publish: (tenantKey, change) => live.publish(tenantKey, change),
		},
	);
	const incidents = new IncidentsService({
		store,
		clock,
		random,
		notifier,
		log,
		publish: (tenantKey, change) => live.publish(tenantKey, change),
		owners: (tenantKey) => identity.ownersOf(tenantKey),
		linkedDrift: (tenantKey, incident) =>
			drift.linkedTo(tenantKey, incident.modelId, incident.openedAt),
		notifies: (tenantKey) => tenantKey === identity.localPrincipal().tenant.key,
		record: incidentRecorder(feed),
	});
	const drift = new DriftService({
		store,
		predictions,
		compute,
		clock,
		log,
		version,
		reportSignal: (tenant, signal) => incidents.reportSignal(tenant, signal),
		openIncidentIds: (tenantKey) => incidents.openIdsByModel(tenantKey),
		publish: (tenantKey, modelIds) =>
			live.publish(tenantKey, { kind: "drift", modelIds }),
	});
	const models = new ModelsService({
		store,
		clock,
		log,
		tenantOf: (tenantKey) => identity.tenant(tenantKey),
	});
	// Those too whose predictions were stored when the engine ended before it had registered them.
	models.arrived(predictions.models.all());
	predictions.onArrival((arrived) => models.arrived(arrived));
	const catalogue = openCatalogue({
		builtInDirectory: config.playbooksDirectory ?? null,
		dataDirectory,
		log,
	});
	const playbooks = new PlaybooksService({
		store,
		clock,
		random,
		log,
		catalogue,
		outbound,
		workFolder: join(dataDirectory, "playbooks", "work"),
		incident: (sight, id) => {
			const entry = incidents.entry(sight, id);
			return { ...entry, key: entry.externalKey };
		},
		recordEvent: (by, id, event) => {
			incidents.record(by, id, { kind: "action", ...event });
		},
		appendFeed: (transaction, tenantKey, event) =>
			feed.append(transaction, tenantKey, event),
		publish: (tenantKey, change) => live.publish(tenantKey, change),
		personNow: (tenant, userId) => identity.principalOfUser(tenant, userId),
		makerOfKey: (tenant, keyId) => identity.apiKeys.makerOf(tenant.key, keyId),
		isFourEyes: (tenantKey) => identity.settings(tenantKey).isFourEyes,
		tocsin: (tenantKey) => identity.tocsin(tenantKey),
		tenant: (tenantKey) => identity.tenant(tenantKey),
	});
	const schedule = new DriftSchedule({
		drift,
		predictions,
		tenantOf: (tenantKey) => identity.tenant(tenantKey),
		log,
	});
	const assessHistory: Engine["assessHistory"] = async (
		tenant,
		modelId,
		range,
		context,
	) => {
		await drift.assessHistory(tenant, modelId, {
			...range,
			signal: context.signal,
			onProgress: (progress, asOf) =>
				context.update({
					progress,
					step: `Assessed ${modelId} as of ${new Date(asOf).toISOString().slice(0, 10)}`,
				}),
		});
	};
	const imports = new ImportsService({
		dataDirectory,
		predictions,
		uploads,
		jobs,
		compute,
		clock,
		assess: (tenant, modelId, context) =>
			assessHistory(tenant, modelId, {}, context),
		pauseSealing: () => schedule.pauseSealing(),
	});
	const vault = new Vault(dataDirectory, clock, random);
	const webhooks = new WebhooksService({
		store,
		feed,
		outbound,
		vault,
		clock,
		random,
		log,
		version,
		publish: (tenantKey) => live.publish(tenantKey, { kind: "webhooks" }),
		incidentFacts: (tenantKey, id) =>
			incidents.entry(Sight.ofTenant(tenantKey), id),
	});
	webhooks.start();
	const monitoring = new MonitoringService({
		store,
		feed,
		outbound,
		vault,
		clock,
		random,
		log,
		incident: (sight, id) => incidents.entry(sight, id),
		recordEvent: (by, id, text) => {
			incidents.record(by, id, { kind: "action", text });
		},
		publish: (tenantKey) => live.publish(tenantKey, { kind: "alerts" }),
		correlate: (transaction, tenantKey, projectId, changes) =>
			correlation.correlate(transaction, tenantKey, projectId, changes),
		accepted: (transaction, by, alerts) =>
			correlation.accepted(transaction, by, alerts),
	});
	const correlation = new CorrelationService({
		store,
		alerts: monitoring.alerts,
		integrations: monitoring.integrationRepository,
		incidents,
		clock,
		random,
		log,
		tocsin: (tenantKey, name) => identity.tocsin(tenantKey, name),
		publish: (tenantKey) => live.publish(tenantKey, { kind: "alerts" }),
	});
	correlation.start();
	monitoring.polling.start();
	const analytics = new AnalyticsService({
		store,
		clock,
		random,
		statistics: incidents.statistics,
		incident: (sight, id) => incidents.entry(sight, id),
		explainedIds: (tenantKey) => insight.explainedIds(tenantKey),
		firstProjectId: (tenantKey) => identity.projects.firstId(tenantKey),
	});
	analytics.start();
	const assistant = new AssistantService({
		store,
		vault,
		outbound,
		analytics,
		clock,
		random,
	});
	const insight = new InsightService({
		store,
		feed,
		clock,
		random,
		log,
		tenantOf: (tenantKey) => identity.tenant(tenantKey),
		incident: (sight, id) => incidents.entry(sight, id),
		timeline: (tenantKey, id) =>
			incidents.timeline(Sight.ofTenant(tenantKey), id),
		openIncidents: (tenantKey) =>
			incidents.newestOpen(Sight.ofTenant(tenantKey), 20),
		incidents: (tenantKey, page) =>
			incidents.listFiltered(Sight.ofTenant(tenantKey), {}, page).items,
		incidentsSince: (tenantKey, after) =>
			incidents.changedSince(Sight.ofTenant(tenantKey), after, 500)?.items ??
			null,
		position: () => incidents.sequence(),
		drift: (tenantKey, modelId, until) =>
			drift.results.newestEvidence(tenantKey, modelId, until),
		model: (tenant, modelId) => {
			const model = models.find(tenant, modelId);
			return (
				model && { id: model.id, versions: models.versions(tenant, model) }
			);
		},
		actions: (tenantKey, incidentId) => playbooks.ended(tenantKey, incidentId),
		alerts: (tenantKey, { projectId, incidentId }) => [
			...monitoring.alerts.ofIncident(tenantKey, incidentId),
			...monitoring.alerts.newestOf(tenantKey, projectId),
		],
		reportedChanges: (tenantKey, { projectId, from, to }) =>
			monitoring.changes
				.between(tenantKey, projectId, from, to, 500)
				.map(reportedDeployment),
		reportedChange: (tenantKey, id) => {
			const told = monitoring.changes.find(tenantKey, id);
			return told === undefined
				? null
				: { ...told, ...reportedDeployment(told), author: null };
		},
		firstProjectId: (tenantKey) => identity.projects.firstId(tenantKey),
		recordRun: (transaction, tenantKey, incidentId, steps) =>
			analytics.recordRun(transaction, tenantKey, incidentId, steps),
		ask: (tenantKey, material) => assistant.ask(tenantKey, material),
		publish: (tenantKey, change) => live.publish(tenantKey, change),
	});
	insight.start();
	const parts: Omit<Engine, "services"> = {
		identity,
		incidents,
		predictions,
		drift,
		models,
		catalogue,
		playbooks,
		schedule,
		imports,
		uploads,
		jobs,
		live,
		feed,
		outbound,
		webhooks,
		insight,
		analytics,
		assistant,
		monitoring,
		correlation,
		listening,
		clock,
		log,
		compute,
		assessHistory,
		status: ({ tenant, sight, isLocalOwner }) => ({
			version,
			startedAt,
			now: clock.now(),
			dataDirectory: isLocalOwner ? dataDirectory : null,
			readOnly: store.readOnly || predictions.store.readOnly,
			writeFault: predictions.writeFault,
			events: predictions.eventCount(tenant.key),
			lastEventAt: predictions.lastEventAt(tenant.key),
			queued: predictions.queued,
			incidents: incidents.counts(sight),
			apiUrl: listening.listeners.apiUrl,
		}),
		close: async () => {
			await monitoring.close();
			correlation.close();
			await playbooks.close();
			await jobs.close();
			await schedule.close();
			await webhooks.close();
			assistant.close();
			await insight.close();
			uploads.close();
			feed.close();
			identity.close();
			predictions.close();
			models.close();
			store.close();
		},
	};
	return Object.freeze({ ...parts, services: engineServices(parts) });
}
