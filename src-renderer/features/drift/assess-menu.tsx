import { Button, Menu, Progress } from "@mantine/core";
import { IconChevronDown, IconHistory, IconScale } from "@tabler/icons-react";
import { useState } from "react";
import type { DriftEvidence } from "../../../src-shared/contract/index.ts";
import { showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useJob } from "../../state/use-job.ts";
import styles from "./drift.module.css";
import { statusWord } from "./drift-words.ts";

interface AssessMenuProps {
	readonly modelId: string;
	readonly onAssessed: (evidence: DriftEvidence) => void;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Assess now, or all of history as a job that shows its progress and can be stopped. */
export function AssessMenu({ modelId, onAssessed }: AssessMenuProps) {
	const engine = useEngine();
	const [isBusy, setIsBusy] = useState(false);
	const [jobId, setJobId] = useState<string | null>(null);
	const { job, cancel } = useJob(jobId);
	const isRunning = job?.state === "queued" || job?.state === "running";

	async function assessNow() {
		setIsBusy(true);
		try {
			const evidence = await engine.drift.assess({ modelId });
			announce(`Assessed: ${statusWord(evidence.status)}.`);
			onAssessed(evidence);
		} catch (cause) {
			showFault(`The model was not assessed. ${faultWords(cause)}`);
		} finally {
			setIsBusy(false);
		}
	}
	async function assessHistory(every: number) {
		try {
			const started = await engine.drift.assessHistory({ modelId, every });
			setJobId(started.jobId);
			announce("Assessing the history.");
		} catch (cause) {
			showFault(`The history was not assessed. ${faultWords(cause)}`);
		}
	}

	return (
		<div className={styles.assess}>
			{isRunning && job !== null && (
				<div className={styles.assessJob}>
					<span className="dim truncate" title={job.step}>
						{job.step}
					</span>
					<Progress
						value={(job.progress ?? 0) * 100}
						animated={job.progress === null}
						size="sm"
						aria-label="Assessing the history"
					/>
					<Button variant="subtle" size="compact-xs" onClick={cancel}>
						Stop
					</Button>
				</div>
			)}
			{job !== null && !isRunning && (
				<span className="dim" role="status">
					{job.state === "done"
						? "History assessed."
						: job.state === "cancelled"
							? "Stopped; what was assessed is kept."
							: `The history was not assessed: ${job.error ?? "no reason given"}`}
				</span>
			)}
			<Button.Group>
				<Button
					variant="default"
					leftSection={<IconScale size={14} />}
					loading={isBusy}
					onClick={() => void assessNow()}
				>
					Assess now
				</Button>
				<Menu position="bottom-end">
					<Menu.Target>
						<Button
							variant="default"
							px={6}
							aria-label="More ways to assess"
							disabled={isRunning}
						>
							<IconChevronDown size={14} />
						</Button>
					</Menu.Target>
					<Menu.Dropdown>
						<Menu.Item
							leftSection={<IconHistory size={14} />}
							onClick={() => void assessHistory(dayMs)}
						>
							Assess the history, day by day
						</Menu.Item>
						<Menu.Item
							leftSection={<IconHistory size={14} />}
							onClick={() => void assessHistory(6 * hourMs)}
						>
							Assess the history, every 6 hours
						</Menu.Item>
					</Menu.Dropdown>
				</Menu>
			</Button.Group>
		</div>
	);
}
