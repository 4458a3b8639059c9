import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import {
	camelCased,
	snakeCase,
	snakeCased,
} from "../../../src-shared/domain/name-case.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";
import { EngineError } from "../../engine/errors.ts";
import { grantedMember } from "../door.ts";
import { objectBody, readJsonBodies } from "../json-body.ts";
import type { ServedEngine } from "../served-engine.ts";
import { monitorJson } from "./documentation/drift-schemas.ts";
import { describedAs } from "./documentation/index.ts";
import { driftJson, evidenceJson } from "./drift-json.ts";
import { timeOrNull } from "./event-json.ts";
import { integerParameter } from "./query-parameters.ts";

type ModelRequest = FastifyRequest<{ Params: { model_id: string } }>;

/** Models, their monitors and their drift. */
export async function modelRoutes(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	const { drift, predictions } = engine;
	readJsonBodies(app);

	app.get("/models", describedAs("models"), async (request) =>
		drift.summaries(grantedMember(request).tenant.key).map(modelJson),
	);

	app.get(
		"/models/:model_id",
		describedAs("model"),
		async (request: ModelRequest) => {
			const { tenant } = grantedMember(request);
			return modelJson(drift.summary(tenant.key, modelId(request)));
		},
	);

	app.get(
		"/models/:model_id/drift",
		describedAs("driftList"),
		async (request: ModelRequest) => {
			const { tenant } = grantedMember(request);
			const id = modelId(request);
			predictions.model(tenant.key, id);
			const limit = integerParameter(request.query, "limit", {
				default: 50,
				min: 1,
				max: 1_000,
			});
			return drift.results
				.newest(tenant.key, id, limit)
				.map((result) => driftJson(result, tenant.id));
		},
	);

	app.post(
		"/models/:model_id/drift",
		describedAs("assess"),
		async (request: ModelRequest) => {
			const { tenant } = grantedMember(request, "engineer");
			const asOf = momentField(objectBody(request.body));
			const evidence = await drift.assess(tenant, modelId(request), asOf);
			return evidenceJson(evidence, tenant.id);
		},
	);

	app.get(
		"/models/:model_id/drift/:drift_id",
		describedAs("evidence"),
		async (
			request: FastifyRequest<{
				Params: { model_id: string; drift_id: string };
			}>,
		) => {
			const { tenant } = grantedMember(request);
			const evidence = drift.evidence(tenant.key, request.params.drift_id);
			if (evidence.modelId !== request.params.model_id) {
				throw new EngineError("NOT_FOUND", "No such drift result.");
			}
			return evidenceJson(evidence, tenant.id);
		},
	);

	app.get(
		"/models/:model_id/monitor",
		describedAs("monitor"),
		async (request: ModelRequest) => {
			const { tenant } = grantedMember(request);
			const { modelId: id, monitor } = drift.summary(
				tenant.key,
				modelId(request),
			);
			return { model_id: id, ...snakeCased(monitor) };
		},
	);

	app.put(
		"/models/:model_id/monitor",
		describedAs("setMonitor"),
		async (request: ModelRequest) => {
			const { tenant } = grantedMember(request, "engineer");
			const id = modelId(request);
			const change = monitorChange(objectBody(request.body));
			const settings = inItsWords(() =>
				drift.setMonitor(tenant.key, id, change),
			);
			return { model_id: id, ...snakeCased(settings) };
		},
	);
}

/** The id of the path, which the router has percent-decoded once. */
function modelId(request: ModelRequest): string {
	const { model_id: id } = request.params;
	const fault = identifierFault(id);
	if (fault !== null) {
		throw new EngineError("INVALID", `model_id ${fault}`, {
			field: "model_id",
		});
	}
	return id;
}

function momentField(
	body: Readonly<Record<string, unknown>>,
): number | undefined {
	const { as_of: value, ...others } = body;
	const [unknown] = Object.keys(others);
	if (unknown !== undefined) {
		// A misspelt moment must not be taken for now.
		throw new EngineError("INVALID", `${unknown} is not known here`, {
			field: unknown,
		});
	}
	if (value === undefined || value === null) return undefined;
	const moment = typeof value === "string" ? parseTimestamp(value) : null;
	if (moment === null) {
		throw new EngineError(
			"INVALID",
			"as_of must be an RFC 3339 date and time with a zone",
			{ field: "as_of" },
		);
	}
	return moment;
}

const settingsChange = monitorJson.partial().strict();

/** The named settings; the others stay. Throws INVALID naming the first field at fault. */
function monitorChange(
	body: Readonly<Record<string, unknown>>,
): Partial<MonitorSettings> {
	const parsed = settingsChange.safeParse(body);
	if (parsed.success) {
		return camelCased(
			Object.fromEntries(
				Object.entries(parsed.data).filter(([, value]) => value !== undefined),
			),
		);
	}
	const issue = parsed.error.issues[0];
	const field =
		issue?.code === "unrecognized_keys"
			? issue.keys.join(", ")
			: String(issue?.path[0] ?? "body");
	throw new EngineError("INVALID", `${field}: ${issue?.message ?? "invalid"}`, {
		field,
	});
}

/** Runs `work`; a refusal that names a setting names it as this API does. */
function inItsWords<Result>(work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof EngineError) || error.code !== "INVALID") {
			throw error;
		}
		const field = snakeCase(String(error.data.field));
		throw new EngineError("INVALID", `${field}: ${error.message}`, { field });
	}
}

function modelJson({ monitor, ...model }: ModelSummary) {
	return {
		model_id: model.modelId,
		event_count: model.eventCount,
		first_seen_at: timeOrNull(model.firstSeenAt),
		last_seen_at: timeOrNull(model.lastSeenAt),
		is_enabled: monitor.isEnabled,
		baseline_days: monitor.baselineDays,
		current_days: monitor.currentDays,
		num_bins: monitor.numBins,
		min_samples: monitor.minSamples,
		warn_threshold: monitor.warnThreshold,
		critical_threshold: monitor.criticalThreshold,
		status: model.status,
		psi_score: model.psi,
		last_assessed_at: timeOrNull(model.lastAssessedAt),
	};
}
