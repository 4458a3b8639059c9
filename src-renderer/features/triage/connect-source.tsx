import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { CopyButton } from "../../components/copy-button.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import classes from "./first-run.module.css";

/** Makes an API key and shows the command that sends a first prediction with it. */
export function ConnectSource() {
	const { connection, facts } = useWorkspace();
	const apiUrl = useStore(facts, ({ status }) => status?.apiUrl ?? null);
	const [key, setKey] = useState<string | null>(null);
	const { run, busy, fault } = useVerbs<"create">();

	async function create(): Promise<void> {
		await run("create", "No key was made", async () => {
			const made = await connection.client.keys.create({
				name: "First source",
			});
			setKey(made.key);
		});
	}

	if (apiUrl === null) {
		return (
			<p>
				The engine does not listen for HTTP now. Start it with its listeners,
				then come back.
			</p>
		);
	}
	if (key === null) {
		return (
			<>
				<Button
					loading={busy !== null}
					variant="default"
					leftSection={<IconKey size={14} aria-hidden="true" />}
					onClick={() => void create()}
				>
					Make an API key and show the command
				</Button>
				{fault !== null && (
					<p className={classes.fault} role="alert">
						{fault}
					</p>
				)}
			</>
		);
	}
	const command = firstPrediction(apiUrl, key);
	return (
		<>
			<div className={classes.snippet}>
				<pre>
					<code>{command}</code>
				</pre>
				<div className={classes.copy}>
					<CopyButton text={command} label="Copy the command" />
				</div>
			</div>
			<p className={classes.once}>
				The key is shown this once. Settings lists its name and can revoke it.
			</p>
		</>
	);
}

/** A command that posts one prediction; every value in it is safe between its quotes. */
export function firstPrediction(apiUrl: string, key: string): string {
	return [
		`curl -X POST ${apiUrl}/v1/events/prediction \\`,
		`  -H "X-API-Key: ${key}" \\`,
		`  -H "Content-Type: application/json" \\`,
		`  -d '{"model_id": "my-model", "score": 0.73, "features": {"amount": 42.5}}'`,
	].join("\n");
}
