import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { must } from "../../../../src-shared/domain/must.ts";
import { CodeBlock } from "../../../components/code-block.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import section from "../../../components/section.module.css";
import { snippets } from "./snippets.ts";

/** A signing secret, once, and how a receiver uses it. */
export function SecretView(props: {
	readonly secret: string;
	/** What is said above it. */
	readonly words: string;
	onDone(): void;
}) {
	return (
		<div className={section.form}>
			<p>{props.words}</p>
			<div className={section.secret}>
				<code>{props.secret}</code>
				<CopyButton text={props.secret} label="Copy the secret" />
			</div>
			<p>
				The receiver checks with it that a delivery is from here and unchanged:
			</p>
			<Snippets />
			<div className={section.buttons}>
				<Button data-autofocus onClick={props.onDone}>
					I have kept it
				</Button>
			</div>
		</div>
	);
}

/** The check of a signature, in the language that is chosen. */
export function Snippets() {
	const [language, setLanguage] = useState<string>("node");
	const shown = must(
		snippets.find(({ id }) => id === language) ?? snippets[0],
		"there are snippets",
	);
	return (
		<CodeBlock
			label={`${shown.label} code`}
			head={
				<SegmentedControl
					aria-label="Language"
					value={language}
					data={snippets.map(({ id, label }) => ({ value: id, label }))}
					onChange={setLanguage}
				/>
			}
			text={shown.code}
			copyLabel={`Copy the ${shown.label} code`}
		/>
	);
}
