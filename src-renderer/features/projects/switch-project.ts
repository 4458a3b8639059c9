import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { announce } from "../../ground/announcer.tsx";
import { useProjectChoice } from "../../state/current-project.ts";

/** Shows another project from now on, in this browser. */
export function switchProject({ id, name }: ProjectSummary): void {
	useProjectChoice.getState().choose(id);
	announce(`Project ${name} is shown now.`);
}
