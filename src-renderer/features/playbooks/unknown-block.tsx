import { Button, Radio, Textarea } from "@mantine/core";
import { IconHelpTriangle } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { longestRemark } from "../../../src-shared/domain/text-limits.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { inertCommand } from "../../ground/inert-text.ts";
import classes from "./action-view.module.css";
import { actionName } from "./action-words.ts";
import type { ActionVerbs } from "./use-action-verbs.ts";

/** Tocsin ended while a step ran: what a person has to find out, and where they say it. */
export function UnknownBlock(props: {
	readonly action: PlaybookAction;
	readonly verbs: ActionVerbs;
}) {
	const { action, verbs } = props;
	const [outcome, setOutcome] = useState<"success" | "failed" | null>(null);
	const [note, setNote] = useState("");
	const titleId = useId();
	const step = action.steps.find((each) => each.status === "unknown");
	const { affectedSystems } = action.risk;
	const { survivingProcess: process } = action;

	const settle = () => {
		if (outcome === null || note.trim() === "") return;
		void verbs.perform(
			"settle",
			"Not settled",
			(done) => `${actionName(done)} is settled`,
			(playbooks) => playbooks.settle({ actionId: action.id, outcome, note }),
		);
	};

	return (
		<section className={classes.unknown} aria-labelledby={titleId}>
			<h4 id={titleId}>
				<IconHelpTriangle
					size={16}
					aria-hidden="true"
					className={classes.unknownIcon}
				/>
				What became of it is unknown
			</h4>
			<p>
				Tocsin ended while {step === undefined ? "a step" : `“${step.title}”`}{" "}
				ran. Nobody can say whether it took effect, and it is not run again by
				itself. Look at{" "}
				{affectedSystems.length === 0
					? "what it was to change"
					: affectedSystems.join(", ")}
				, then say what happened.
			</p>
			{step !== undefined && (
				<p className={classes.unknownCommand}>
					<bdi>{inertCommand(step.command)}</bdi>
				</p>
			)}
			{process !== null && (
				<div className={classes.survivor}>
					<p>
						<strong>Process {process.pid} is still alive</strong> on the machine
						of the engine. It may yet take effect: wait for it, or end it,
						before you settle this.
					</p>
					<Button
						variant="default"
						loading={verbs.busy === "end-process"}
						onClick={() =>
							void verbs.perform(
								"end-process",
								"Not ended",
								() => `Process ${process.pid} was ended`,
								(playbooks) => playbooks.endProcess({ actionId: action.id }),
							)
						}
					>
						End process {process.pid}
					</Button>
				</div>
			)}
			<form
				className={classes.settle}
				onSubmit={(event) => {
					event.preventDefault();
					settle();
				}}
			>
				<Radio.Group
					label="What you found"
					size="xs"
					value={outcome ?? ""}
					onChange={(value) =>
						setOutcome(value === "success" ? "success" : "failed")
					}
				>
					<div className={classes.outcomes}>
						<Radio size="xs" value="success" label="It took effect" />
						<Radio size="xs" value="failed" label="It did not, or not wholly" />
					</div>
				</Radio.Group>
				<Textarea
					label="How you know"
					description="Goes into the timeline of the incident."
					required
					autosize
					minRows={2}
					maxLength={longestRemark}
					value={note}
					onChange={(event) => setNote(event.currentTarget.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
							event.preventDefault();
							settle();
						}
					}}
				/>
				<div className={classes.buttons}>
					<Button
						type="submit"
						loading={verbs.busy === "settle"}
						disabled={outcome === null || note.trim() === ""}
						rightSection={<KeyCaps keys="mod+enter" />}
					>
						Settle it
					</Button>
				</div>
			</form>
		</section>
	);
}
