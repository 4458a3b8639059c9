import type { RequestLimit } from "../../src-shared/contract/index.ts";

type Limit = Omit<RequestLimit, "requests"> & { readonly requests: number };

/** Every request limit of the listeners, as the documents of the APIs write them. */
export const limits = {
	platformAuth: {
		api: "Incident Platform, ML Service",
		what: "Signing in: /api/v1/auth/*",
		requests: 10,
		windowSeconds: 60,
		per: "address",
	},
	platformIncidentWrites: {
		api: "Incident Platform",
		what: "Changes of incidents: POST and PATCH under /api/v1/incidents",
		requests: 30,
		windowSeconds: 60,
		per: "user",
	},
	platformOthers: {
		api: "Incident Platform, ML Service",
		what: "Everything else under /api/v1",
		requests: 200,
		windowSeconds: 60,
		per: "user",
	},
	copilotAuth: {
		api: "SRE Copilot",
		what: "Signing in: /api/v1/auth/*",
		requests: 10,
		windowSeconds: 60,
		per: "address",
	},
	copilotOthers: {
		api: "SRE Copilot",
		what: "Everything else",
		requests: 100,
		windowSeconds: 60,
		per: "user",
	},
	interventions: {
		api: "Interventions",
		what: "All requests under /api",
		requests: 1_000,
		windowSeconds: 3_600,
		per: "address",
	},
	dryRuns: {
		api: "Interventions",
		what: "Dry runs of playbooks",
		requests: 100,
		windowSeconds: 3_600,
		per: "incident",
	},
	executions: {
		api: "Interventions",
		what: "Executions of playbooks",
		requests: 10,
		windowSeconds: 3_600,
		per: "incident",
	},
	warRoomAuth: {
		api: "War room",
		what: "Signing in with a password: /ui/sign-in",
		requests: 10,
		windowSeconds: 60,
		per: "address",
	},
} as const satisfies Record<string, Limit>;

/** The limits as `--rate-limit-scale` leaves them: 0 requests where they are turned off. */
export function requestLimits(scale: number): RequestLimit[] {
	return Object.values(limits).map((limit) => ({
		...limit,
		requests: scaled(limit.requests, scale),
	}));
}

/** At least one request, so that a small scale shuts nobody out; 0 for a scale of 0. */
export function scaled(requests: number, scale: number): number {
	return scale === 0 ? 0 : Math.max(1, Math.round(requests * scale));
}
