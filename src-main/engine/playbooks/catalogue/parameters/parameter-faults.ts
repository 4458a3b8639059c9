import type { ErrorObject } from "ajv/dist/2020.js";
import type { ParameterFault } from "../../definition.ts";
import { suggestion } from "../file/nearest-word.ts";
import { count, pointerToken } from "./value-limits.ts";

const most = 50;

/** What ajv found, one fault for each place, in words that say what is allowed. */
export function parameterFaults(
	errors: readonly ErrorObject[],
	names: readonly string[],
): ParameterFault[] {
	const faults = new Map<string, ParameterFault>();
	for (const error of errors) {
		const fault = parameterFault(error, names);
		// The first error of a place is the nearest to what was typed; `anyOf` adds its own after it.
		if (!faults.has(fault.path)) faults.set(fault.path, fault);
	}
	return [...faults.values()].slice(0, most);
}

function parameterFault(
	{ keyword, instancePath, params, message }: ErrorObject,
	names: readonly string[],
): ParameterFault {
	const facts = params as Readonly<Record<string, unknown>>;
	const here = (text: string) => ({ path: instancePath, message: text });
	switch (keyword) {
		case "required":
		case "dependentRequired": {
			const name = String(facts.missingProperty);
			return {
				path: `${instancePath}/${pointerToken(name)}`,
				message: "is required",
			};
		}
		case "additionalProperties":
		case "unevaluatedProperties": {
			const name = String(
				facts.additionalProperty ?? facts.unevaluatedProperty,
			);
			const known =
				instancePath === "" ? `; ${suggestion(name, names)}` : " here";
			return {
				path: `${instancePath}/${pointerToken(name)}`,
				message: `is not known${known}`,
			};
		}
		case "type":
			return here(`must be ${[facts.type].flat().join(" or ")}`);
		case "enum":
			return here(`must be one of ${listed(facts.allowedValues)}`);
		case "const":
			return here(`must be ${JSON.stringify(facts.allowedValue)}`);
		case "maxLength":
			return here(`must have ${count(Number(facts.limit))} characters at most`);
		case "minLength":
			return here(
				facts.limit === 1
					? "must not be empty"
					: `must have ${facts.limit} characters at least`,
			);
		case "maxItems":
			return here(`must hold ${facts.limit} at most`);
		case "minItems":
			return here(
				facts.limit === 1
					? "must hold at least one"
					: `must hold ${facts.limit} at least`,
			);
		case "pattern":
			return here(`must look like ${String(facts.pattern)}`);
		case "format":
			return here(`must be a valid ${String(facts.format)}`);
		case "uniqueItems":
			return here("must not hold the same value twice");
		default:
			return here(message ?? `breaks the rule "${keyword}"`);
	}
}

function listed(values: unknown): string {
	return Array.isArray(values)
		? values.map((value) => JSON.stringify(value)).join(", ")
		: String(values);
}
