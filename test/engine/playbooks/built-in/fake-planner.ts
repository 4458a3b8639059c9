import { createServer } from "node:http";
import { answering, type FakeService } from "./fake-service.ts";

export interface FakePlanner extends FakeService {
	canaryPct: number;
	killSwitch: boolean;
	/** Takes changes and keeps none of them. */
	isStuck: boolean;
}

/**
 * Answers as the guard of the planner does: `GET /guard/status`, `PUT /guard/config` with
 * either setting and a 400 for a share outside 0 to 100, `POST /guard/rollback`, 422 for a
 * body of other types. Every request needs the token.
 */
export async function fakePlanner(token: string): Promise<FakePlanner> {
	const state = { canaryPct: 10, killSwitch: false, isStuck: false };
	const config = () => ({
		canary_pct: state.canaryPct,
		kill_switch: state.killSwitch,
	});
	const service = await answering(
		createServer(),
		({ method, path, headers, body }) => {
			if (headers.authorization !== `Bearer ${token}`) {
				return { status: 401, body: { detail: "Not authenticated" } };
			}
			const asked = (body ?? {}) as Record<string, unknown>;
			switch (`${method} ${path}`) {
				case "GET /api/guard/status":
					return {
						status: 200,
						body: {
							config: config(),
							stats: { v1: { runs: 420 }, v2: { runs: 46 } },
							evaluation: { action: "ok", reason: null, breaches: [] },
							thresholds: { max_quality_drop: 5, min_sample: 30 },
						},
					};
				case "PUT /api/guard/config": {
					const { canary_pct: share, kill_switch: off } = asked;
					if (share !== undefined && typeof share !== "number") {
						return {
							status: 422,
							body: { detail: [{ type: "float_parsing" }] },
						};
					}
					if (share !== undefined && (share < 0 || share > 100)) {
						return {
							status: 400,
							body: { detail: "canary_pct must be between 0 and 100" },
						};
					}
					if (!state.isStuck) {
						state.canaryPct = share ?? state.canaryPct;
						if (typeof off === "boolean") state.killSwitch = off;
					}
					return {
						status: 200,
						body: {
							success: true,
							config: config(),
							updated_by: asked.updated_by,
							updated_at: "2026-01-20T12:00:00",
						},
					};
				}
				case "POST /api/guard/rollback":
					if (typeof asked.reason !== "string") {
						return { status: 422, body: { detail: [{ type: "missing" }] } };
					}
					if (!state.isStuck) {
						state.canaryPct = 0;
						state.killSwitch = true;
					}
					return {
						status: 200,
						body: {
							success: true,
							message: "Rollback triggered successfully",
							config: config(),
							reason: asked.reason,
						},
					};
				default:
					return { status: 404, body: { detail: "Not Found" } };
			}
		},
	);
	return Object.assign(state, service);
}
