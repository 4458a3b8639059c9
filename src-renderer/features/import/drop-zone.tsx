import { Alert, Button, FileButton } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useShortcuts } from "../../ground/keyboard.ts";
import styles from "./import.module.css";

const extensions = ".csv,.tsv,.txt,.ndjson,.jsonl,.json,.parquet,.gz";

interface DropZoneProps {
	/** Why the last file was not taken. */
	readonly fault: string | null;
	readonly onFile: (file: File) => void;
}

/** Takes one file, dropped or chosen. */
export function DropZone({ fault, onFile }: DropZoneProps) {
	const [isOver, setIsOver] = useState(false);
	useShortcuts([
		{
			keys: "o",
			label: "Choose a file",
			group: "Import",
			run: () => {
				document.getElementById("import-choose")?.click();
				return true;
			},
		},
	]);

	function drop(event: DragEvent) {
		event.preventDefault();
		setIsOver(false);
		const file = event.dataTransfer.files[0];
		if (file !== undefined) onFile(file);
	}

	return (
		<>
			{fault !== null && (
				<Alert
					color="red"
					title="The file could not be read"
					role="alert"
					mb={12}
					className={styles.words}
				>
					{fault}
				</Alert>
			)}
			<section
				className={styles.drop}
				data-over={isOver}
				aria-label="Drop a file here"
				onDragOver={(event) => {
					event.preventDefault();
					setIsOver(true);
				}}
				onDragLeave={() => setIsOver(false)}
				onDrop={drop}
			>
				<IconFileImport size={28} aria-hidden="true" />
				<h2>Drop a file of predictions or labels</h2>
				<p>
					CSV, NDJSON, JSON or Parquet, also gzipped. One row is one prediction:
					a score, and if you have them a time, features, a label. You see how
					it is understood before anything is kept.
				</p>
				<FileButton
					accept={extensions}
					onChange={(file) => {
						if (file !== null) onFile(file);
					}}
				>
					{(props) => (
						<Button {...props} id="import-choose">
							Choose a file
						</Button>
					)}
				</FileButton>
			</section>
		</>
	);
}
