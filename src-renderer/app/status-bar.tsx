import { useStore } from "zustand";
import type { EngineStatus } from "../../src-shared/contract/index.ts";
import { useLiveText } from "../ground/clock.ts";
import { usePreferences } from "../ground/preferences.ts";
import { relativeTime } from "../ground/time-text.ts";
import { useConnectionState, useWorkspace } from "../state/engine-context.tsx";
import classes from "./status-bar.module.css";

type Health = "ok" | "warn" | "critical" | "none";

/** Connection, queue, health of the engine, last event, time zone. */
export function StatusBar() {
	const connection = useConnectionState();
	const { status, session } = useStore(useWorkspace().facts);
	return (
		<footer className={classes.bar}>
			<Item health={connection.kind === "open" ? "ok" : "warn"}>
				{connection.kind === "open"
					? "Connected"
					: connection.kind === "connecting"
						? "Connecting"
						: "Offline"}
			</Item>
			{status !== null && (
				<>
					<Item>{status.queued.toLocaleString("en")} queued</Item>
					<Item health={engineHealth(status)}>{engineWords(status)}</Item>
					<Item>
						{status.events.toLocaleString("en")} events
						{status.lastEventAt !== null && (
							<LastEvent at={status.lastEventAt} />
						)}
					</Item>
				</>
			)}
			<span className={classes.space} />
			{session !== null && <Item>{session.user.name}</Item>}
			<ZoneButton />
			{status !== null && <Item>Tocsin {status.version}</Item>}
		</footer>
	);
}

function LastEvent(props: { readonly at: number }) {
	const age = useLiveText((now) => relativeTime(props.at, now));
	return <>, last {age}</>;
}

function ZoneButton() {
	const zone = usePreferences((each) => each.zone);
	const setZone = usePreferences((each) => each.setZone);
	const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
	return (
		<button
			type="button"
			className={classes.button}
			title="Switch between local time and UTC (u)"
			onClick={() => setZone(zone === "utc" ? "local" : "utc")}
		>
			{zone === "utc" ? "UTC" : local}
		</button>
	);
}

function Item(props: {
	readonly health?: Health;
	readonly children: React.ReactNode;
}) {
	return (
		<span className={`${classes.item} tabular`}>
			{props.health !== undefined && (
				<span
					className={classes.dot}
					data-health={props.health}
					aria-hidden="true"
				/>
			)}
			<span>{props.children}</span>
		</span>
	);
}

function engineHealth(status: EngineStatus): Health {
	if (status.writeFault !== null) return "critical";
	return status.readOnly ? "warn" : "ok";
}

function engineWords(status: EngineStatus): string {
	if (status.writeFault !== null) {
		return `Engine refuses writes: ${status.writeFault}`;
	}
	return status.readOnly
		? "Read-only: the data is from a newer version"
		: "Engine healthy";
}
