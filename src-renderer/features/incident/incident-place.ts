import { currentPlace, navigate } from "../../ground/router.ts";

/** Opens an incident beside the list, which keeps its filter. */
export function openIncident(id: string, replace: boolean): void {
	navigate(["incident", id], currentPlace().query, { replace });
}

export function closeIncident(): void {
	navigate(["triage"], currentPlace().query);
}
