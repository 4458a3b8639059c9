import { useLiveText } from "../ground/clock.ts";
import { usePreferences, type Zone } from "../ground/preferences.ts";
import {
	absoluteTime,
	agoWords,
	duration,
	relativeTime,
} from "../ground/time-text.ts";

/** A live age; the point in time, also in UTC, on hover. With `ago` as a sentence has it. */
export function RelativeTime(props: {
	readonly at: number;
	readonly ago?: boolean;
}) {
	const words = props.ago === true ? agoWords : relativeTime;
	const text = useLiveText((now) => words(props.at, now));
	const zone = usePreferences((each) => each.zone);
	return (
		<time
			className="tabular"
			dateTime={new Date(props.at).toISOString()}
			title={timeTitle(props.at, zone)}
		>
			{text}
		</time>
	);
}

/** A point in time in the chosen zone; UTC on hover. */
export function AbsoluteTime(props: { readonly at: number }) {
	const zone = usePreferences((each) => each.zone);
	return (
		<time
			className="tabular"
			dateTime={new Date(props.at).toISOString()}
			title={absoluteTime(props.at, "utc")}
		>
			{absoluteTime(props.at, zone)}
		</time>
	);
}

/** A duration that runs until `to` is known, and then stands. */
export function LiveDuration(props: {
	readonly from: number;
	readonly to: number | null;
}) {
	const text = useLiveText((now) => duration((props.to ?? now) - props.from));
	return <span className="tabular">{text}</span>;
}

/** The hover text of a time: in the chosen zone and in UTC. */
export function timeTitle(at: number, zone: Zone): string {
	const utc = absoluteTime(at, "utc");
	return zone === "utc" ? utc : `${absoluteTime(at, zone)}\n${utc}`;
}
