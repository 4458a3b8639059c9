import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { PageHeader } from "../../components/page-header.tsx";
import { usePlace } from "../../ground/router.ts";
import { DropZone } from "./drop-zone.tsx";
import styles from "./import.module.css";
import { JobView } from "./job-view.tsx";
import { MappingStep } from "./mapping-step.tsx";
import { ReadingStep } from "./reading-step.tsx";
import { RecentJobs } from "./recent-jobs.tsx";
import { useImport } from "./use-import.ts";

/** From a file to predictions in the engine: choose, check, import, report. */
export function ImportPage() {
	const { query } = usePlace();
	const flow = useImport(query.get("model"));
	const { state } = flow;
	const step = useRef<HTMLElement>(null);
	const shown = useRef(state.step);
	// The keyboard goes on where the screen goes on.
	useEffect(() => {
		if (shown.current === state.step) return;
		shown.current = state.step;
		step.current?.focus();
	}, [state.step]);

	return (
		<div className={styles.page}>
			<PageHeader title="Import">
				{state.step !== "choose" && (
					<Button
						variant="default"
						size="compact-sm"
						ml="auto"
						onClick={flow.again}
					>
						{state.step === "job"
							? "Import another file"
							: "Choose another file"}
					</Button>
				)}
			</PageHeader>
			<div className={styles.scroll}>
				<section
					ref={step}
					className={styles.step}
					tabIndex={-1}
					aria-label={stepWords[state.step]}
				>
					{state.step === "choose" && (
						<>
							<DropZone fault={state.fault} onFile={flow.take} />
							<RecentJobs onWatch={flow.watch} />
						</>
					)}
					{state.step === "reading" && (
						<ReadingStep state={state} onCancel={flow.again} />
					)}
					{state.step === "mapping" && (
						<MappingStep
							state={state}
							onEdit={flow.edit}
							onStart={flow.start}
							onCancel={flow.again}
						/>
					)}
					{state.step === "job" && (
						<JobView jobId={state.jobId} onAgain={flow.again} />
					)}
				</section>
			</div>
		</div>
	);
}

const stepWords = {
	choose: "Choose a file",
	reading: "Reading the file",
	mapping: "Check the mapping",
	job: "Import",
} as const;
