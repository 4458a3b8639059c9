import { Button, CopyButton } from "@mantine/core";
import { useStore } from "zustand";
import { useWorkspace } from "../../state/engine-context.tsx";
import styles from "./drift.module.css";
import { labelCommands } from "./label-commands.ts";

/** Why there is no performance, and the two ways to send labels. */
export function HowToSendLabels({ modelId }: { readonly modelId: string }) {
	const apiUrl = useStore(
		useWorkspace().facts,
		(facts) => facts.status?.apiUrl ?? null,
	);
	const commands = labelCommands(modelId, apiUrl ?? "http://127.0.0.1:8000");
	return (
		<section className={styles.howTo}>
			<h2>No labels yet</h2>
			<p>
				Accuracy and its kin compare predictions with what really happened, and
				nothing has said so yet. Labels may come days after the predictions;
				they join by event id.
			</p>
			{commands.map((command) => (
				<div key={command.title}>
					<div className={styles.howToHead}>
						<h3>{command.title}</h3>
						<CopyButton value={command.text}>
							{({ copied, copy }) => (
								<Button variant="subtle" size="compact-xs" onClick={copy}>
									{copied ? "Copied" : "Copy"}
								</Button>
							)}
						</CopyButton>
					</div>
					<pre className={styles.code}>
						<code>{command.text}</code>
					</pre>
				</div>
			))}
		</section>
	);
}
