import { create, useStore } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { ProjectSummary } from "../../src-shared/contract/index.ts";
import { useWorkspace } from "./engine-context.tsx";
import type { Workspace } from "./workspace.ts";

interface ProjectChoice {
	/** Null until the person chose one: then it is the tenant's first. */
	readonly projectId: string | null;
	choose(projectId: string): void;
}

/** The project whose alerts and integrations are shown; kept by the browser, never sent. */
export const useProjectChoice = create<ProjectChoice>()(
	persist(
		(set) => ({
			projectId: null,
			choose: (projectId) => set({ projectId }),
		}),
		{
			name: "tocsin-project",
			storage: createJSONStorage(() => localStorage),
		},
	),
);

/** The chosen project, else the tenant's first, else any; null before they are known and for who is in none. */
export function projectOf(
	projects: readonly ProjectSummary[] | null,
	chosenId: string | null,
): ProjectSummary | null {
	return (
		projects?.find(({ id }) => id === chosenId) ??
		projects?.find(({ isFirst }) => isFirst) ??
		projects?.[0] ??
		null
	);
}

export function useProject(): ProjectSummary | null {
	const projects = useStore(useWorkspace().lists, (lists) => lists.projects);
	const chosenId = useProjectChoice((choice) => choice.projectId);
	return projectOf(projects, chosenId);
}

/** The project that lists are narrowed to; null for who is in one alone, and sees everything. */
export function useNarrowingProject(): ProjectSummary | null {
	const project = useProject();
	const hasOthers = useStore(
		useWorkspace().lists,
		({ projects }) => (projects?.length ?? 0) > 1,
	);
	return hasOthers ? project : null;
}

/** The project that is shown, outside of components. */
export function currentProject({ lists }: Workspace): ProjectSummary | null {
	return projectOf(
		lists.getState().projects,
		useProjectChoice.getState().projectId,
	);
}
