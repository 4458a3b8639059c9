import { Button, Tooltip } from "@mantine/core";
import { IconCheck, IconHelp, IconX } from "@tabler/icons-react";
import { KeyCaps } from "../../components/key-caps.tsx";
import classes from "./hypotheses.module.css";
import { type Verdict, verdicts, verdictWords } from "./hypothesis-words.ts";

const icons = { accepted: IconCheck, rejected: IconX, unsure: IconHelp };

/** Accept, reject, unsure; the person's own verdict is pressed, and pressing it again takes it back. */
export function VerdictButtons(props: {
	readonly own: Verdict | null;
	/** Why this person cannot judge; null when they can. */
	readonly refusal: string | null;
	/** Only the open hypothesis has keys. */
	readonly hasKeys: boolean;
	onJudge(verdict: Verdict): void;
}) {
	return (
		<fieldset className={classes.verdicts}>
			<legend className="visually-hidden">Is it the cause?</legend>
			{verdicts.map((verdict) => {
				const words = verdictWords[verdict];
				const Icon = icons[verdict];
				const isOwn = props.own === verdict;
				return (
					<Tooltip
						key={verdict}
						label={props.refusal ?? (isOwn ? "Take it back" : words.verb)}
					>
						<Button
							size="compact-sm"
							variant={isOwn ? "light" : "default"}
							aria-pressed={isOwn}
							data-disabled={props.refusal !== null || undefined}
							aria-disabled={props.refusal !== null || undefined}
							leftSection={<Icon size={14} stroke={1.75} aria-hidden="true" />}
							{...(props.hasKeys && {
								rightSection: <KeyCaps keys={words.key} />,
							})}
							onClick={(event) => {
								event.preventDefault();
								if (props.refusal === null) props.onJudge(verdict);
							}}
						>
							{words.verb}
						</Button>
					</Tooltip>
				);
			})}
			{props.refusal !== null && <span className="faint">{props.refusal}</span>}
		</fieldset>
	);
}
