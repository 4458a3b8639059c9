import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
	type NewAlertRule,
	newAlertRule,
} from "../../../src-shared/contract/index.ts";

export interface RuleFault {
	readonly file: string;
	/** Where in the file, such as `0.matchers.1.value`; null for all of it. */
	readonly path: string | null;
	readonly message: string;
}

const ruleOfFile = newAlertRule.strict();

/** The rules of a YAML or JSON file, which holds one or a list of them, and what is wrong with it. */
export function readRuleFile(file: string): {
	rules: NewAlertRule[];
	faults: RuleFault[];
} {
	let content: unknown;
	try {
		content = parse(readFileSync(file, "utf8"));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const [first = "cannot be read"] = message.split("\n");
		return { rules: [], faults: [{ file, path: null, message: first }] };
	}
	const isList = Array.isArray(content);
	const each: unknown[] = Array.isArray(content) ? content : [content];
	const rules: NewAlertRule[] = [];
	const faults: RuleFault[] = [];
	for (const [index, value] of each.entries()) {
		const parsed = ruleOfFile.safeParse(value);
		if (parsed.success) {
			rules.push(parsed.data);
			continue;
		}
		for (const { path, message } of parsed.error.issues) {
			const place = [...(isList ? [index] : []), ...path].join(".");
			faults.push({ file, path: place === "" ? null : place, message });
		}
	}
	return { rules, faults };
}
