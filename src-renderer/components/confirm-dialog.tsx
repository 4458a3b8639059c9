import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./confirm-dialog.module.css";
import { KeyCaps } from "./key-caps.tsx";

/** Asks once more before something is done, saying what it means. Mod+Enter does it, Escape does not. */
export function ConfirmDialog(props: {
	readonly title: string;
	readonly verb: string;
	readonly isGrave: boolean;
	readonly children: ReactNode;
	onConfirm(): void;
	onClose(): void;
}) {
	function confirm(): void {
		props.onClose();
		props.onConfirm();
	}
	return (
		<Modal
			opened
			onClose={props.onClose}
			title={props.title}
			size={560}
			onKeyDown={(event) => {
				if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
					event.preventDefault();
					confirm();
				}
			}}
		>
			<div className={classes.confirm}>{props.children}</div>
			<div className={classes.buttons}>
				<Button
					{...(props.isGrave ? { color: "red" } : {})}
					rightSection={<KeyCaps keys="mod+enter" />}
					onClick={confirm}
				>
					{props.verb}
				</Button>
				<Button
					variant="default"
					data-autofocus
					rightSection={<KeyCaps keys="escape" />}
					onClick={props.onClose}
				>
					Not now
				</Button>
			</div>
		</Modal>
	);
}
