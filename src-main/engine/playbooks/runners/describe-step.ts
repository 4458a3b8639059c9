import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { ResolvedStep } from "../definition.ts";

const longestShown = 2_000;
const plainArgument = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * What a step runs, as a person reads it. An argument that a shell would read otherwise
 * stands in quotes, so that the line can be copied; no shell ever reads it here.
 */
export function describeStep(step: ResolvedStep): string {
	return shortened(describe(step));
}

function describe(step: ResolvedStep): string {
	switch (step.kind) {
		case "command":
			return [step.program, ...step.args].map(quoted).join(" ");
		case "http": {
			const body = step.body === null ? "" : ` ${JSON.stringify(step.body)}`;
			return `${step.method} ${step.url}${body}`;
		}
		case "wait":
			return `wait ${step.seconds} s`;
		case "check":
			return step.condition;
		default:
			return assertNever(step, "step");
	}
}

/** A step that leaves the world as it is: being cut off in it puts nothing in doubt. */
export function changesSomething(step: ResolvedStep): boolean {
	switch (step.kind) {
		case "command":
			return true;
		case "http":
			// GET is safe by RFC 9110, 9.2.1.
			return step.method !== "GET";
		case "wait":
		case "check":
			return false;
		default:
			return assertNever(step, "step");
	}
}

function quoted(argument: string): string {
	if (plainArgument.test(argument)) return argument;
	return /[\p{Cc}]/u.test(argument)
		? JSON.stringify(argument)
		: `'${argument.replaceAll("'", "'\\''")}'`;
}

function shortened(text: string): string {
	return text.length <= longestShown
		? text
		: `${text.slice(0, longestShown).toWellFormed()}… (${text.length} characters)`;
}
