import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { KeyCaps } from "../key-caps.tsx";
import classes from "./list-foot.module.css";
import type { List } from "./use-list.ts";

/** How many there are and are selected, what else is to say of the list, and what keys do. */
export function ListFoot<Row>(props: {
	readonly list: List<Row>;
	/** Such as `3 alerts`. */
	readonly count: string;
	/** Why the rows may not be all, or not as they are. */
	readonly fault?: string | null;
	/** The keys worth telling, each with its word. */
	readonly keys: readonly (readonly [keys: string, word: string])[];
	readonly children?: ReactNode;
}) {
	const { list } = props;
	const { selected, clear } = useStore(list.selection);
	return (
		<div className={`${classes.foot} tabular`}>
			<span>
				{props.count}
				{selected.size > 0 &&
					`, ${selected.size.toLocaleString("en")} selected`}
			</span>
			{selected.size > 0 && (
				<Button variant="subtle" size="compact-xs" onClick={clear}>
					Deselect
				</Button>
			)}
			{props.children}
			{props.fault != null && (
				<span className={classes.fault} role="alert">
					{props.fault} Trying again.
				</span>
			)}
			{list.frozen && (
				<Button variant="light" size="compact-xs" onClick={list.freeze}>
					Frozen: let go
				</Button>
			)}
			<span className={classes.keys}>
				<span>
					<KeyCaps keys="j" /> <KeyCaps keys="k" /> move
				</span>
				{[...props.keys, ["?", "all keys"] as const].map(([keys, word]) => (
					<span key={keys}>
						<KeyCaps keys={keys} /> {word}
					</span>
				))}
			</span>
		</div>
	);
}
