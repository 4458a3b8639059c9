import { CopyButton } from "../../components/copy-button.tsx";
import { playbookExample } from "./playbook-example.ts";
import classes from "./playbooks-page.module.css";

/** Where a person's own playbooks go, and one to begin from. */
export function OwnPlaybooks(props: {
	/** Null for a person who is not on the engine's machine. */
	readonly folder: string | null;
}) {
	return (
		<section aria-label="Your own playbooks">
			<h3>Your own playbooks</h3>
			<p>
				A playbook is a YAML file. Put it into the folder below, then reload:
				what is wrong with it is listed here with its line. Programs are run
				with a list of arguments, never through a shell.
			</p>
			{props.folder === null ? (
				<p className="dim">
					The folder is <code>playbooks</code> in the data folder, on the
					machine that runs the engine.
				</p>
			) : (
				<p className={classes.folder}>
					<code>{props.folder}</code>
					<CopyButton text={props.folder} label="Copy the folder" />
				</p>
			)}
			<p className="dim">
				Addresses and credentials go into <code>connections.yaml</code> beside
				them; <code>npm run tocsin -- playbook connections</code> prints one to
				fill in. <code>npm run tocsin -- playbook lint</code> checks files
				without the window.
			</p>
			<div className={classes.code}>
				{/* What is longer than its pane must be scrollable by keyboard. */}
				{/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
				<pre tabIndex={0}>{playbookExample}</pre>
				<CopyButton text={playbookExample} label="Copy the example" />
			</div>
		</section>
	);
}
