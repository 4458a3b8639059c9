import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

interface Announcement {
	readonly polite: string;
	readonly assertive: string;
}

const announcement = createStore<Announcement>(() => ({
	polite: "",
	assertive: "",
}));

/** Says `text` to screen readers; `assertive` interrupts what is being read. */
export function announce(
	text: string,
	urgency: "polite" | "assertive" = "polite",
): void {
	const before = announcement.getState()[urgency];
	// The same words again are only read when the text differs.
	announcement.setState({
		[urgency]: before === text ? `${text}\u00a0` : text,
	});
}

/** The two live regions of the window. */
export function Announcer() {
	const { polite, assertive } = useStore(announcement);
	return (
		<div className="visually-hidden">
			<div role="status" aria-live="polite">
				{polite}
			</div>
			<div role="alert" aria-live="assertive">
				{assertive}
			</div>
		</div>
	);
}
