import { randomUUID } from "node:crypto";
import { alertmanagerFingerprint } from "../../../../src-main/engine/monitoring/polling/label-fingerprint.ts";
import type { FakeAnswer, FakeRequest } from "./fake-server.ts";

type Labels = Readonly<Record<string, string>>;

interface Matcher {
	name: string;
	value: string;
	isRegex: boolean;
	isEqual?: boolean;
}

interface Silence {
	id: string;
	matchers: Matcher[];
	startsAt: string;
	endsAt: string;
	createdBy: string;
	comment: string;
	state: "active" | "expired";
}

/** An alert as Alertmanager's API lists it. */
export interface ListedAlert {
	labels: Labels;
	startsAt: string;
	annotations?: Record<string, string>;
	silencedBy?: string[];
	inhibitedBy?: string[];
}

/** What Alertmanager's API v2 answers, from lists that the test sets. */
export function alertmanagerAnswers() {
	const state = {
		alerts: [] as ListedAlert[],
		silences: [] as Silence[],
		startedAt: "2026-01-01T00:00:00Z",
		/** Answers in the place of its own. */
		instead: null as
			| ((request: FakeRequest) => FakeAnswer | "hang-up" | null)
			| null,
	};
	const answer = (request: FakeRequest): FakeAnswer | "hang-up" => {
		const given = state.instead?.(request) ?? null;
		if (given !== null) return given;
		const { method, path, query, body } = request;
		if (path === "/api/v2/status") return { json: { uptime: state.startedAt } };
		if (path === "/api/v2/alerts") {
			const filters = query.getAll("filter").map(readFilter);
			return {
				json: state.alerts
					.filter(({ labels }) => filters.every((one) => one(labels)))
					.map(listed),
			};
		}
		if (path === "/api/v2/silences" && method === "GET") {
			return { json: state.silences.map(asListed) };
		}
		if (path === "/api/v2/silences") {
			const silence = body as Omit<Silence, "id" | "state">;
			if (silence.matchers.length === 0) {
				return {
					status: 422,
					json: {
						code: 612,
						message: "matchers in body should have at least 1 items",
					},
				};
			}
			const id = randomUUID();
			state.silences.push({ ...silence, id, state: "active" });
			return { json: { silenceID: id } };
		}
		const id = /^\/api\/v2\/silence\/(.+)$/.exec(path)?.[1];
		const silence = state.silences.find((one) => one.id === id);
		if (silence === undefined) return { status: 404, text: "" };
		if (method === "DELETE") {
			silence.state = "expired";
			return { text: "" };
		}
		return { json: asListed(silence) };
	};
	return { answer, state };
}

function asListed({ state, ...silence }: Silence) {
	return { ...silence, status: { state } };
}

function listed({
	labels,
	startsAt,
	annotations,
	silencedBy = [],
	inhibitedBy = [],
}: ListedAlert) {
	const isQuiet = silencedBy.length + inhibitedBy.length > 0;
	return {
		labels,
		annotations: annotations ?? {},
		startsAt,
		endsAt: "2026-01-20T13:04:00.000Z",
		updatedAt: startsAt,
		fingerprint: alertmanagerFingerprint(labels),
		generatorURL: "http://prometheus.example/graph",
		receivers: [{ name: "tocsin" }],
		status: {
			state: isQuiet ? "suppressed" : "active",
			silencedBy,
			inhibitedBy,
		},
	};
}

/** A matcher as the query parameter `filter` writes it: `name="value"` with the operators of PromQL. */
function readFilter(text: string): (labels: Labels) => boolean {
	const [, name = "", operator, quoted = '""'] =
		/^(\w+)(=~|!~|!=|=)(".*")$/s.exec(text) ?? [];
	if (operator === undefined) throw new Error(`no filter: ${text}`);
	const value = JSON.parse(quoted) as string;
	const pattern = new RegExp(
		`^(?:${operator.endsWith("~") ? value : ""})$`,
		"s",
	);
	return (labels) => {
		const label = labels[name] ?? "";
		const isMatch = operator.endsWith("~")
			? pattern.test(label)
			: label === value;
		return operator.startsWith("!") ? !isMatch : isMatch;
	};
}
