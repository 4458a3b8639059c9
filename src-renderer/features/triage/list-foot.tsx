import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { KeyCaps } from "../../components/key-caps.tsx";
import classes from "../../components/list-foot.module.css";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useSelection } from "../../state/selection.ts";

/** How many are shown and selected, whether all are loaded, and what keys do. */
export function ListFoot(props: {
	readonly frozen: boolean;
	onFreeze(): void;
}) {
	const { view, feed } = useWorkspace();
	const shown = useStore(view.state, (state) => state.order.length);
	const { loaded, total, done, fault } = useStore(feed.progress);
	const selected = useSelection((each) => each.selected.size);
	const { clear } = useSelection.getState();
	return (
		<div className={`${classes.foot} tabular`}>
			<span>
				{shown.toLocaleString("en")} of {(total ?? 0).toLocaleString("en")}
				{selected > 0 && `, ${selected.toLocaleString("en")} selected`}
			</span>
			{selected > 0 && (
				<Button variant="subtle" size="compact-xs" onClick={clear}>
					Deselect
				</Button>
			)}
			{!done && total !== null && (
				<span>
					Loading{" "}
					{Math.min(100, Math.floor((100 * loaded) / Math.max(1, total)))} %
				</span>
			)}
			{fault !== null && (
				<span className={classes.fault}>
					The list is not complete: {fault} Trying again.
				</span>
			)}
			{props.frozen && (
				<Button variant="light" size="compact-xs" onClick={props.onFreeze}>
					Frozen: let go
				</Button>
			)}
			<span className={classes.keys}>
				<KeyCaps keys="j" /> <KeyCaps keys="k" /> move
				<KeyCaps keys="enter" /> open
				<KeyCaps keys="a" /> acknowledge
				<KeyCaps keys="?" /> all keys
			</span>
		</div>
	);
}
