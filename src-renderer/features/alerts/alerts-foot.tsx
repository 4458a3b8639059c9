import { Button } from "@mantine/core";
import { KeyCaps } from "../../components/key-caps.tsx";
import foot from "../../components/list-foot.module.css";
import type { AlertList } from "./alert-list.ts";
import { useAlertSelection } from "./alert-selection.ts";
import { verbKeys } from "./use-alert-keys.ts";
import { useListPart } from "./use-alert-list.ts";

/** How many there are and are selected, what went wrong, and what keys do. */
export function AlertsFoot(props: {
	readonly list: AlertList | null;
	readonly frozen: boolean;
	onFreeze(): void;
}) {
	const { list } = props;
	const loaded = useListPart(list, (state) => state.order.length);
	const total = useListPart(list, (state) => state.total);
	const fault = useListPart(list, (state) => state.fault);
	const selected = useAlertSelection((each) => each.selected.size);
	const { clear } = useAlertSelection.getState();
	const count = Math.max(total ?? 0, loaded);
	return (
		<div className={`${foot.foot} tabular`}>
			<span>
				{count === 1 ? "1 alert" : `${count.toLocaleString("en")} alerts`}
				{selected > 0 && `, ${selected.toLocaleString("en")} selected`}
			</span>
			{selected > 0 && (
				<Button variant="subtle" size="compact-xs" onClick={clear}>
					Deselect
				</Button>
			)}
			{fault !== null && (
				<span className={foot.fault} role="alert">
					The list may be old: {fault} Trying again.
				</span>
			)}
			{props.frozen && (
				<Button variant="light" size="compact-xs" onClick={props.onFreeze}>
					Frozen: let go
				</Button>
			)}
			<span className={foot.keys}>
				<KeyCaps keys="j" /> <KeyCaps keys="k" /> move
				<KeyCaps keys={verbKeys.accept} /> accept
				<KeyCaps keys={verbKeys.snooze} /> snooze
				<KeyCaps keys="?" /> all keys
			</span>
		</div>
	);
}
