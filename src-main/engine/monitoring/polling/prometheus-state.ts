import { readAlert } from "../alerts/parsing/alertmanager.ts";
import { field, instantOf, nameOf, textsOf } from "../alerts/parsing/fields.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import { type AskSource, SourceError } from "../sources/ask-source.ts";
import type { ListedAlert, SourceState } from "../sources/source-state.ts";
import { alertmanagerFingerprint } from "./label-fingerprint.ts";

/** What is known of the rule behind an alert. Times in milliseconds. */
export interface AlertRule {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	/** How long the expression must hold before it fires. */
	readonly holdMillis: number;
	readonly intervalMillis: number;
	readonly query: string | null;
	readonly annotations: Readonly<Record<string, string>>;
	/** It has been evaluated since Prometheus started, and without a fault. */
	readonly isEvaluated: boolean;
}

/** The answer's `data`. Throws a SourceError for what is no answer of Prometheus. */
export function dataOf(answer: unknown, path: string): unknown {
	if (field(answer, "status") !== "success") {
		throw new SourceError(
			"unreadable",
			`${path} answered with what is no answer of Prometheus: check the address.`,
		);
	}
	return field(answer, "data");
}

/** Its alerting rules. Rejects with a SourceError. */
export async function prometheusRules(
	ask: AskSource,
	base: string,
	signal: AbortSignal,
): Promise<AlertRule[]> {
	const path = "/api/v1/rules?type=alert";
	const data = dataOf(await ask({ base, path, signal }), "/api/v1/rules");
	return list(field(data, "groups")).flatMap((group) =>
		list(field(group, "rules"))
			.filter((rule) => field(rule, "type") === "alerting")
			.map((rule) => ({
				name: nameOf(field(rule, "name")) ?? "",
				labels: textsOf(field(rule, "labels")),
				holdMillis: millis(field(rule, "duration")),
				intervalMillis: millis(field(group, "interval")),
				query: nameOf(field(rule, "query")),
				annotations: textsOf(field(rule, "annotations")),
				isEvaluated:
					field(rule, "health") === "ok" &&
					instantOf(field(rule, "lastEvaluation")) !== null,
			})),
	);
}

/** What Prometheus lists now; alerts whose rule only begins to hold too. Rejects with a SourceError. */
export async function prometheusState(
	ask: AskSource,
	base: string,
	externalLabels: Readonly<Record<string, string>>,
	context: ParseContext,
	signal: AbortSignal,
): Promise<SourceState> {
	const rules = await prometheusRules(ask, base, signal);
	const answer = await ask({ base, path: "/api/v1/alerts", signal });
	const data = dataOf(answer, "/api/v1/alerts");
	const items = list(field(data, "alerts"));
	const alerts = items
		.map((item) => readShown(item, rules, base, externalLabels, context))
		.filter((one) => one !== null);
	const unsure = rules.filter(({ isEvaluated }) => !isEvaluated).length;
	const partialBecause =
		alerts.length < items.length
			? `${items.length - alerts.length} of its alerts could not be read.`
			: unsure > 0
				? `${unsure} of Prometheus's rules are not evaluated, or fail.`
				: list(field(answer, "warnings")).length > 0
					? "Prometheus answered with a warning."
					: null;
	return { alerts, partialBecause };
}

function readShown(
	item: unknown,
	rules: readonly AlertRule[],
	base: string,
	externalLabels: Readonly<Record<string, string>>,
	context: ParseContext,
): ListedAlert | null {
	const activeAt = instantOf(field(item, "activeAt"));
	const state = field(item, "state");
	if (activeAt === null || (state !== "firing" && state !== "pending")) {
		return null;
	}
	const own = textsOf(field(item, "labels"));
	const rule = ruleOf(rules, own);
	const startsAt = activeAt + (state === "pending" ? 0 : firingDelay(rule));
	const parsed = readAlert(
		{
			...alertmanagerShape(own, externalLabels),
			annotations: field(item, "annotations"),
			startsAt: new Date(Math.min(startsAt, context.now)).toISOString(),
			status: "firing",
			generatorURL:
				rule?.query == null ? undefined : graphUrl(base, rule.query),
			activeAt: field(item, "activeAt"),
			value: field(item, "value"),
		},
		null,
		context,
	);
	return typeof parsed === "string"
		? null
		: { parsed, isFiring: state === "firing", quiet: null };
}

/** Labels and fingerprint as Alertmanager has them: an alert's own labels win over the external ones. */
export function alertmanagerShape(
	own: Readonly<Record<string, string>>,
	externalLabels: Readonly<Record<string, string>>,
): { labels: Record<string, string>; fingerprint: string } {
	const labels = { ...externalLabels, ...own };
	return { labels, fingerprint: alertmanagerFingerprint(labels) };
}

/** A rule fires at the first evaluation after it held long enough; evaluations are an interval apart. */
function firingDelay(rule: AlertRule | undefined): number {
	if (rule === undefined || rule.intervalMillis === 0) return 0;
	const { holdMillis, intervalMillis } = rule;
	return Math.ceil(holdMillis / intervalMillis) * intervalMillis;
}

/** The rule with the alert's name whose own labels the alert has; templates in labels are passed over. */
export function ruleOf(
	rules: readonly AlertRule[],
	labels: Readonly<Record<string, string>>,
): AlertRule | undefined {
	return rules.find(
		(rule) =>
			rule.name === labels.alertname &&
			Object.entries(rule.labels).every(
				([name, value]) => value.includes("{{") || labels[name] === value,
			),
	);
}

export function graphUrl(base: string, query: string): string {
	const search = new URLSearchParams({ "g0.expr": query, "g0.tab": "1" });
	return `${base.replace(/\/+$/, "")}/graph?${search}`;
}

export function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Prometheus writes durations in seconds. */
function millis(seconds: unknown): number {
	return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : 0;
}
