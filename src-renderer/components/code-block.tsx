import type { ReactNode } from "react";
import { inertText } from "../ground/inert-text.ts";
import classes from "./code-block.module.css";
import { CopyButton } from "./copy-button.tsx";

/** A text to read and to copy, under a heading of one line; it scrolls by itself, by keyboard too. */
export function CodeBlock(props: {
	readonly label: string;
	readonly head: ReactNode;
	/** What is shown. */
	readonly text: string;
	/** What is copied; the shown text if absent. */
	readonly copied?: string;
	readonly copyLabel: string;
}) {
	return (
		<div>
			<div className={classes.codeHead}>
				<span className="dim">{props.head}</span>
				<CopyButton text={props.copied ?? props.text} label={props.copyLabel} />
			</div>
			<section
				className={classes.code}
				aria-label={props.label}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
				tabIndex={0}
			>
				<pre>{inertText(props.text)}</pre>
			</section>
		</div>
	);
}
