import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { CodeBlock } from "../../components/code-block.tsx";
import { type SendTo, snippetsOf } from "./integration-snippets.ts";
import classes from "./integrations.module.css";

/** What is pasted into the other system, one way at a time. */
export function SnippetView(props: { readonly to: SendTo }) {
	const snippets = snippetsOf(props.to);
	const [chosen, setChosen] = useState<string | null>(null);
	const shown = snippets.find(({ label }) => label === chosen) ?? snippets[0];
	if (shown === undefined) return null;
	return (
		<div>
			{snippets.length > 1 && (
				<SegmentedControl
					className={classes.tabs}
					aria-label="Way to send"
					size="xs"
					value={shown.label}
					data={snippets.map(({ label }) => label)}
					onChange={setChosen}
				/>
			)}
			<CodeBlock
				label={shown.label}
				head={shown.where}
				text={shown.code}
				copyLabel={`Copy: ${shown.label}`}
			/>
		</div>
	);
}
