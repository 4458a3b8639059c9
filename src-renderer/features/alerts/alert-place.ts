import { currentPlace, navigate } from "../../ground/router.ts";

/** Opens an alert beside the list, which keeps its filter. */
export function openAlert(id: string, replace: boolean): void {
	navigate(["alerts", id], currentPlace().query, { replace });
}

export function closeAlert(): void {
	navigate(["alerts"], currentPlace().query);
}
