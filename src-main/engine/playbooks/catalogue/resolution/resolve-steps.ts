import { assertNever } from "../../../../../src-shared/domain/assert-never.ts";
import type { CommandStep, HttpStep, ResolvedStep } from "../../definition.ts";
import type { Connections } from "../connections/connections.ts";
import type {
	CommandTemplate,
	HttpTemplate,
	StepTemplate,
	WaitTemplate,
} from "../playbook-source.ts";
import { resolveAddress } from "./resolve-address.ts";
import { resolveArguments } from "./resolve-arguments.ts";
import { resolveBody } from "./resolve-body.ts";
import type { Resolving } from "./resolving.ts";

const longestWait = 86_400;

/** The steps that these parameters ask for, each filled in. Faults are left with `resolving`. */
export function resolveSteps(
	templates: readonly StepTemplate[],
	resolving: Resolving,
	connections: Connections,
): ResolvedStep[] {
	return templates
		.filter(({ when }) => resolving.holds(when))
		.map((template) => resolveStep(template, resolving, connections));
}

function resolveStep(
	template: StepTemplate,
	resolving: Resolving,
	connections: Connections,
): ResolvedStep {
	const { id, phase } = template;
	const base = { id, phase, title: resolving.text(template.title) };
	switch (template.kind) {
		case "command":
			return { ...base, ...commandStep(template, resolving, connections) };
		case "http":
			return { ...base, ...httpStep(template, resolving, connections) };
		case "wait":
			return { ...base, kind: "wait", seconds: secondsOf(template, resolving) };
		case "check":
			return {
				...base,
				kind: "check",
				condition: template.condition.text,
				otherwise: resolving.text(template.otherwise),
			};
		default:
			return assertNever(template, "step");
	}
}

type Without<Step> = Omit<Step, "id" | "phase" | "title">;

function commandStep(
	template: CommandTemplate,
	resolving: Resolving,
	connections: Connections,
): Without<CommandStep> {
	const place =
		template.connection === null
			? null
			: connections.program(template.connection);
	if (place !== null && "fault" in place) resolving.fault("", place.fault);
	const found = place === null || "fault" in place ? null : place;
	return {
		kind: "command",
		program: found?.program ?? template.program,
		args: resolveArguments(template.args, resolving),
		environment: [
			...new Set([...template.environment, ...(found?.environment ?? [])]),
		],
		workingDirectory: template.workingDirectory ?? found?.directory ?? null,
		timeoutSeconds: template.timeoutSeconds,
		successExitCodes: template.successExitCodes,
	};
}

/** Stands in for an address while its connection is missing; what holds a fault is never sent. */
const nowhere = { url: "http://invalid", allowPrivate: false };

function httpStep(
	template: HttpTemplate,
	resolving: Resolving,
	connections: Connections,
): Without<HttpStep> {
	const { address } = template;
	const named =
		address.connection === null
			? { url: address.origin ?? "", allowPrivate: template.allowPrivate }
			: connections.service(address.connection);
	if ("fault" in named) resolving.fault("", named.fault);
	const base = "fault" in named ? nowhere : named;
	const headers = template.headers.map(([name, value]) => {
		const text = resolving.text(value);
		if (!/^[\x20-\x7e]*$/.test(text)) {
			resolving.fault("", `the header ${name} can hold plain ASCII only`);
		}
		return [name, text] as const;
	});
	const { body, late } =
		template.body === null
			? { body: null, late: {} }
			: resolveBody(template.body, resolving);
	return {
		kind: "http",
		method: template.method,
		url: resolveAddress(address, base.url, resolving),
		allowedHosts: [new URL(base.url).host],
		allowPrivate: base.allowPrivate,
		connection: address.connection,
		headers: Object.fromEntries(headers),
		body,
		...(Object.keys(late).length === 0 ? {} : { late }),
		timeoutSeconds: template.timeoutSeconds,
		successStatuses: template.successStatuses,
		capture: template.capture,
	};
}

function secondsOf({ seconds }: WaitTemplate, resolving: Resolving): number {
	if (typeof seconds === "number") return seconds;
	const value = resolving.value(seconds);
	if (typeof value === "number" && value >= 0 && value <= longestWait) {
		return value;
	}
	if (value !== undefined) {
		resolving.fault(
			resolving.pathOf(seconds),
			`makes a wait of ${JSON.stringify(value)} s; 0 to ${longestWait} is allowed`,
		);
	}
	return 0;
}
