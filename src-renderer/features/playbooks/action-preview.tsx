import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { inertCommand, inertText } from "../../ground/inert-text.ts";
import classes from "./action-view.module.css";
import {
	costWords,
	downtimeWords,
	reversibleWords,
	secondsWords,
	shortHash,
} from "./action-words.ts";
import { RiskMark } from "./marks.tsx";

/** Exactly what would run or did: command, changes, parameters, figures, hash. */
export function ActionPreview(props: { readonly action: PlaybookAction }) {
	const { action } = props;
	const { risk } = action;
	return (
		<div className={classes.preview}>
			<CommandLine command={action.command} />
			{action.changes.length > 0 && (
				<ul className={classes.changes} aria-label="Changes">
					{action.changes.map((change, index) => (
						// Two changes may read the same.
						// biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
						<li key={index}>{inertText(change)}</li>
					))}
				</ul>
			)}
			<dl className={classes.facts}>
				<Fact name="Risk">
					<RiskMark level={risk.level} isShort />
				</Fact>
				<Fact name="Affects">
					{risk.affectedSystems.length === 0
						? "nothing named"
						: risk.affectedSystems.join(", ")}
				</Fact>
				<Fact name="Undo">
					{reversibleWords(risk)}, {downtimeWords(risk)}
				</Fact>
				<Fact name="Takes">
					about {secondsWords(action.estimatedDurationSeconds)}
				</Fact>
				<Fact name="Costs">{costWords(action.estimatedCostUsd)}</Fact>
				<Fact name="Hash">
					<span className={classes.hash}>
						<code title={action.hash}>{shortHash(action.hash)}</code>
						<CopyButton text={action.hash} label="Copy the hash" />
					</span>
				</Fact>
			</dl>
			<Parameters params={action.params} />
		</div>
	);
}

/** A command in full, to read and to copy. */
export function CommandLine(props: { readonly command: string }) {
	return (
		<div className={classes.command}>
			{/* What is longer than its pane must be scrollable by keyboard. */}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
			<pre tabIndex={0}>
				<bdi>{inertCommand(props.command)}</bdi>
			</pre>
			<CopyButton text={props.command} label="Copy the command" />
		</div>
	);
}

function Parameters(props: {
	readonly params: Readonly<Record<string, unknown>>;
}) {
	const entries = Object.entries(props.params);
	if (entries.length === 0) return null;
	return (
		<details className={classes.details}>
			<summary>Parameters, with defaults filled in</summary>
			<dl className={classes.params}>
				{entries.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>
							<bdi>{inertText(JSON.stringify(value))}</bdi>
						</dd>
					</div>
				))}
			</dl>
		</details>
	);
}

function Fact(props: {
	readonly name: string;
	readonly children: React.ReactNode;
}) {
	return (
		<div className={classes.fact}>
			<dt>{props.name}</dt>
			<dd className="tabular">{props.children}</dd>
		</div>
	);
}
