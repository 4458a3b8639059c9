import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useLiveText } from "../ground/clock.ts";
import { usePreferences } from "../ground/preferences.ts";
import { clockTime, duration } from "../ground/time-text.ts";
import { useConnectionState, useWorkspace } from "../state/engine-context.tsx";
import classes from "./connection-banner.module.css";

/** Says since when the engine is away and when it is tried next; absent while connected. */
export function ConnectionBanner() {
	const state = useConnectionState();
	if (state.kind !== "offline") return null;
	return <Offline since={state.since} retryAt={state.retryAt} />;
}

function Offline(props: { readonly since: number; readonly retryAt: number }) {
	const { connection } = useWorkspace();
	const zone = usePreferences((each) => each.zone);
	const age = useLiveText((now) => duration(now - props.since));
	const next = useLiveText((now) =>
		props.retryAt > now
			? `next try in ${Math.ceil((props.retryAt - now) / 1_000)} s`
			: "trying now",
	);
	return (
		<div className={classes.banner} role="status">
			<IconPlugConnectedX size={16} stroke={1.75} aria-hidden="true" />
			<span>
				<strong>Offline since {clockTime(props.since, zone)}</strong>
				<span className="tabular"> ({age}).</span> What you see is the last
				known state; changes are refused until the engine is back.
			</span>
			<span className={`${classes.next} tabular`} aria-hidden="true">
				{next}
			</span>
			<Button variant="default" size="compact-xs" onClick={connection.retry}>
				Try now
			</Button>
		</div>
	);
}
