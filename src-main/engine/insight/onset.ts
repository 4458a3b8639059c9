import type { CaseFile, DriftRecord } from "./case-file.ts";

const hourMillis = 3_600_000;
const symptomHours = 6;
const easedRecently = 5 * 60_000;

/** When an incident began to be felt, which is often before it was opened. */
export interface Onset {
	/** The first symptom of its service, or its opening. */
	readonly ofService: number;
	/** When the drift of its model began, or `ofService`. */
	readonly ofModel: number;
	/** The newest assessment, when it found drift. */
	readonly drift: DriftRecord | null;
}

export function onsetOf(file: CaseFile): Onset {
	const { incident, alerts, drift } = file;
	const earliest = incident.openedAt - symptomHours * hourMillis;
	let ofService = incident.openedAt;
	for (const alert of alerts) {
		if (alert.service === null || alert.service !== incident.service) continue;
		const isGoingOn =
			alert.endsAt === null ||
			alert.endsAt >= incident.openedAt - easedRecently;
		if (isGoingOn && alert.startsAt >= earliest) {
			ofService = Math.min(ofService, alert.startsAt);
		}
	}
	const newest = drift[0];
	const found = newest?.hasDrift === true ? newest : null;
	return {
		ofService,
		ofModel: Math.min(found?.onset ?? found?.at ?? ofService, ofService),
		drift: found,
	};
}

/** `90` minutes as "90 minutes", `3000` as "2 days". */
export function spanWords(millis: number): string {
	const minutes = Math.round(Math.abs(millis) / 60_000);
	const [count, unit] =
		minutes < 120
			? [minutes, "minute"]
			: minutes < 48 * 60
				? [Math.round(minutes / 60), "hour"]
				: [Math.round(minutes / 1_440), "day"];
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Nearness in time: `most` at no distance, a third of it at `millis` = `scale`. */
export function nearness(most: number, millis: number, scale: number): number {
	return most * Math.exp(-Math.max(0, millis) / scale);
}
