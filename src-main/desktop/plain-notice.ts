import type { NotificationClass } from "./electron-parts.ts";

/** Shows notifications of the shell's own words, where the platform has any. A click opens the window. */
export function plainNotices(
	Notification: NotificationClass,
	open: () => void,
): (title: string, body: string) => void {
	/** Only the last is kept: a notification that nothing refers to loses its click. */
	let last: InstanceType<NotificationClass> | null = null;
	return (title, body) => {
		if (!Notification.isSupported()) return;
		last?.close();
		last = new Notification({ title, body });
		last.on("click", open);
		last.show();
	};
}
