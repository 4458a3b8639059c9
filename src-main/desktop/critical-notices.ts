import type { CriticalIncident } from "../entry/engine-protocol.ts";
import type { NotificationClass } from "./electron-parts.ts";
import { noticeText } from "./notice-text.ts";

const mostNotices = 5;
const withinMilliseconds = 30_000;

/**
 * Notifies of each new critical incident; a click shows it. In a storm, five notices in half
 * a minute are enough: the next says that there are more and opens the list, once.
 */
export function notifyOfCriticalIncidents(
	Notification: NotificationClass,
	now: () => number,
	actions: { show(incident: string): void; open(): void },
): (incident: CriticalIncident) => void {
	/** A notification that nothing refers to is collected, and its click is lost. */
	const shown = new Set<InstanceType<NotificationClass>>();
	let times: number[] = [];

	function notify(title: string, body: string, onClick: () => void): void {
		const notice = new Notification({ title, body, urgency: "critical" });
		shown.add(notice);
		notice.on("click", () => {
			shown.delete(notice);
			onClick();
		});
		notice.on("close", () => shown.delete(notice));
		notice.show();
	}

	return (incident) => {
		if (!Notification.isSupported()) return;
		const time = now();
		times = times.filter((at) => time - at < withinMilliseconds);
		if (times.length > mostNotices) return;
		times.push(time);
		if (times.length > mostNotices) {
			notify(
				"More critical incidents",
				"Several opened at once. Click to see them all.",
				actions.open,
			);
		} else {
			notify(
				`Critical incident #${incident.number}`,
				noticeText(incident.title),
				() => actions.show(incident.id),
			);
		}
	};
}
