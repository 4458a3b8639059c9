import type { Command } from "commander";
import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import type { EngineClient } from "./engine-session.ts";
import { CommandFailure } from "./failure.ts";
import type { CommonOptions } from "./options.ts";

export interface ProjectOptions extends CommonOptions {
	readonly project?: string;
}

/** Adds `--project`. */
export function withProjectOption(command: Command): Command {
	return command.option(
		"--project <slug>",
		"the project's slug, id or name (default: the first)",
	);
}

/** The project that `--project` names, else the first. Throws NOT_FOUND with those that there are. */
export async function chosenProject(
	client: EngineClient,
	{ project: wanted }: ProjectOptions,
): Promise<ProjectSummary> {
	const all = await client.projects.list();
	const found = all.find(
		(each) =>
			(wanted === undefined && each.isFirst) ||
			each.slug === wanted ||
			each.id === wanted ||
			each.name === wanted,
	);
	if (found !== undefined) return found;
	const slugs = all.map(({ slug }) => slug).join(", ");
	throw new CommandFailure(
		"NOT_FOUND",
		`There is no project ${wanted ?? "yet"}. Projects: ${slugs || "none"}.`,
	);
}
