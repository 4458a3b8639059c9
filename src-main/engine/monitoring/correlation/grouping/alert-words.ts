import { identifierLength } from "../../../../../src-shared/domain/identifier.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";

/** A stranger's text as a name may be: well-formed, without NUL, at most 200 characters, not empty. */
export function shortText(text: string): string {
	const plain = text.replaceAll("\u0000", "").toWellFormed().trim();
	const characters = [...plain];
	if (characters.length === 0) return "?";
	return characters.length <= identifierLength
		? plain
		: `${characters.slice(0, identifierLength - 1).join("")}…`;
}

/** "HighErrorRate on checkout", after the gravest of the alerts, and what a storm shares. */
export function titleOf(
	alerts: readonly Pick<StoredAlert, "name" | "service" | "severity">[],
	storm: string | null,
): string {
	const gravest = alerts.reduce<(typeof alerts)[number] | undefined>(
		(worst, alert) =>
			worst === undefined || alert.severity < worst.severity ? alert : worst,
		undefined,
	);
	const name = gravest?.name ?? "Alerts";
	const title =
		gravest?.service == null ? name : `${name} on ${gravest.service}`;
	return shortText(
		storm === null ? title : `${title} and others with ${storm}`,
	);
}
