import { Button, Progress } from "@mantine/core";
import { sizeWords } from "./file-words.ts";
import styles from "./import.module.css";
import type { ImportState } from "./import-state.ts";

interface ReadingStepProps {
	readonly state: Extract<ImportState, { step: "reading" }>;
	readonly onCancel: () => void;
}

/** A file on its way to the engine, or being looked at. */
export function ReadingStep({ state, onCancel }: ReadingStepProps) {
	const { sent } = state;
	const isSending = sent !== null && sent.bytes < sent.of;
	return (
		<section className={styles.block}>
			<h2>
				<bdi>{state.name}</bdi>
			</h2>
			<p className="dim tabular">
				{isSending
					? `Sending to the engine: ${sizeWords(sent.bytes)} of ${sizeWords(sent.of)}`
					: "Looking at its columns"}
			</p>
			<Progress
				value={isSending ? (100 * sent.bytes) / sent.of : 100}
				animated={!isSending}
				aria-label={isSending ? "Sending" : "Reading"}
			/>
			<Button variant="default" mt={12} onClick={onCancel}>
				Cancel
			</Button>
		</section>
	);
}
