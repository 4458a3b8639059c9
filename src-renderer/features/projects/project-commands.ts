import type { Command } from "../../ground/command.ts";
import { navigate } from "../../ground/router.ts";
import { currentProject } from "../../state/current-project.ts";
import type { Workspace } from "../../state/workspace.ts";
import { useProjectDialogs } from "./project-dialogs.ts";
import { switchProject } from "./switch-project.ts";

const group = "Projects";

/** Every other project by name, and what is done with projects. */
export function projectCommands(workspace: Workspace): readonly Command[] {
	const current = currentProject(workspace);
	const others = (workspace.lists.getState().projects ?? []).filter(
		({ id }) => id !== current?.id,
	);
	return [
		...others.map(
			(project): Command => ({
				id: `project-${project.id}`,
				label: `Switch to project ${project.name}`,
				group,
				run: () => switchProject(project),
			}),
		),
		{
			id: "project-switch",
			label: "Switch project…",
			group,
			keys: "shift+p",
			run: () => useProjectDialogs.getState().show("switch"),
		},
		{
			id: "project-members",
			label: "Members of the project",
			group,
			run: () => navigate(["settings", "projects"]),
		},
	];
}
