import { parse } from "yaml";
import { field, nameOf, textsOf } from "../alerts/parsing/fields.ts";
import type { AskSource } from "../sources/ask-source.ts";
import { dataOf } from "./prometheus-state.ts";

const longestSection = 65_536;

/**
 * The labels that Prometheus adds to each alert before Alertmanager sees it, from its
 * configuration. Rejects with a SourceError.
 */
export async function externalLabelsOf(
	ask: AskSource,
	base: string,
	signal: AbortSignal,
): Promise<Record<string, string>> {
	const path = "/api/v1/status/config";
	const data = dataOf(await ask({ base, path, signal }), path);
	const yaml = field(data, "yaml");
	return typeof yaml === "string" ? readExternalLabels(yaml) : {};
}

/** Reads the section `global` alone: the rest may be megabytes. What is no such section has none. */
export function readExternalLabels(yaml: string): Record<string, string> {
	const section = /^global:\n(?:[ \t].*\n?|\n)*/m.exec(yaml)?.[0];
	if (section === undefined || section.length > longestSection) return {};
	try {
		const labels = field(
			field(parse(section, { schema: "failsafe" }), "global"),
			"external_labels",
		);
		return Object.fromEntries(
			Object.entries(textsOf(labels)).filter(
				([, value]) => nameOf(value) !== null,
			),
		);
	} catch {
		return {};
	}
}
