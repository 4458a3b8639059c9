import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import section from "./section.module.css";
import { Fault } from "./section.tsx";
import { useVerbs } from "./use-verbs.ts";

/** Asks once more before something is gone for good, saying what goes with it. */
export function RemovalDialog(props: {
	readonly title: string;
	readonly verb: string;
	readonly keep: string;
	/** What is lost. */
	readonly children: ReactNode;
	/** Takes it away and says so; the dialog tells why when it rejects. */
	onRemove(): Promise<void>;
	onClose(): void;
}) {
	const { run, busy, fault } = useVerbs<"remove">();
	return (
		<Modal opened onClose={props.onClose} title={props.title}>
			<div className={section.form}>
				<p>{props.children}</p>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button
						color="red"
						loading={busy !== null}
						onClick={() =>
							void run("remove", "It was not removed", props.onRemove)
						}
					>
						{props.verb}
					</Button>
					<Button variant="default" data-autofocus onClick={props.onClose}>
						{props.keep}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
