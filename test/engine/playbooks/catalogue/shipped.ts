import type {
	PlaybookCatalogue,
	ResolvedPlaybook,
	ResolvedStep,
} from "../../../../src-main/engine/playbooks/definition.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { catalogueOf } from "./written-catalogue.ts";

const connections = `
elasticsearch: { url: "http://127.0.0.1:9200", allow_private: true }
planner: { url: "http://127.0.0.1:8003/api", allow_private: true }
`;

/** The shipped playbooks, with the connections they need. */
export function builtIn(): PlaybookCatalogue {
	return catalogueOf(
		{ "connections.yaml": connections },
		{ withBuiltIn: true },
	);
}

/** What a shipped playbook makes of parameters that are right. */
export function resolved(id: string, params: unknown): ResolvedPlaybook {
	const outcome = must(builtIn().find(id), id).resolve(params);
	if (outcome.ok) return outcome.resolved;
	throw new Error(JSON.stringify(outcome.faults));
}

/** `METHOD path` of the requests, the seconds of waits, the ids of checks. */
export function shape(steps: readonly ResolvedStep[]): string[] {
	return steps.map((step) => {
		switch (step.kind) {
			case "command":
				return [step.program, ...step.args].join(" ");
			case "http":
				return `${step.method} ${step.url.slice("http://127.0.0.1:".length)}`;
			case "wait":
				return `wait ${step.seconds}`;
			case "check":
				return `check ${step.id}`;
			default:
				return assertNever(step, "step");
		}
	});
}
