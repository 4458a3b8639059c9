import { Button, Progress } from "@mantine/core";
import {
	IconFileImport,
	IconPlugConnected,
	IconSparkles,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { faultWords } from "../../ground/faults.ts";
import { navigate } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { ConnectSource } from "./connect-source.tsx";
import classes from "./first-run.module.css";

/** Three ways in, for somebody who opens Tocsin for the first time. */
export function FirstRun() {
	return (
		<div className={classes.page}>
			<div className={classes.head}>
				<h2>Watch your first model</h2>
				<p>
					Tocsin takes a model's predictions, finds drift in them, and opens an
					incident here when it matters. Everything stays on this machine.
				</p>
			</div>
			<div className={classes.ways}>
				<Way
					icon={<IconPlugConnected size={22} stroke={1.5} />}
					title="Connect a source"
					text="Send predictions over HTTP from the service that makes them."
				>
					<ConnectSource />
				</Way>
				<Way
					icon={<IconFileImport size={22} stroke={1.5} />}
					title="Import a file"
					text="CSV, NDJSON or Parquet. The columns are guessed, shown and yours to change."
				>
					<Button variant="default" onClick={() => navigate(["import"])}>
						Choose a file
					</Button>
				</Way>
				<Way
					icon={<IconSparkles size={22} stroke={1.5} />}
					title="Load the demo"
					text="Three fraud models over 30 days: one drifts at a known hour, one swings with the season, one is healthy."
				>
					<LoadDemo />
				</Way>
			</div>
		</div>
	);
}

function Way(props: {
	readonly icon: ReactNode;
	readonly title: string;
	readonly text: string;
	readonly children: ReactNode;
}) {
	return (
		<section className={classes.way}>
			<div className={classes.icon} aria-hidden="true">
				{props.icon}
			</div>
			<div className={classes.words}>
				<h3>{props.title}</h3>
				<p>{props.text}</p>
				{props.children}
			</div>
		</section>
	);
}

function LoadDemo() {
	const { connection, lists } = useWorkspace();
	const [jobId, setJobId] = useState<string | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const job = useStore(lists, ({ jobs }) =>
		jobs?.find((each) =>
			jobId === null
				? each.kind === "demo" && each.state === "running"
				: each.jobId === jobId,
		),
	);

	async function load(): Promise<void> {
		setFault(null);
		try {
			setJobId((await connection.client.demo.load()).jobId);
		} catch (error) {
			setFault(`The demo was not loaded. ${faultWords(error)}`);
		}
	}

	const isRunning = job?.state === "queued" || job?.state === "running";
	return (
		<>
			{isRunning ? (
				<div className={classes.progress} role="status">
					<span>{job.step}</span>
					<Progress
						value={100 * (job.progress ?? 0)}
						aria-label="Progress of the demo"
					/>
				</div>
			) : (
				<Button onClick={() => void load()}>Load the demo</Button>
			)}
			{(fault ?? job?.error) && (
				<p className={classes.fault} role="alert">
					{fault ?? `The demo failed: ${job?.error}. Load it again.`}
				</p>
			)}
		</>
	);
}
