import { memo } from "react";
import { inertText } from "../../ground/inert-text.ts";
import type { Zone } from "../../ground/preferences.ts";
import { absoluteTime } from "../../ground/time-text.ts";
import type { OutputLine } from "../../state/output-lines.ts";
import classes from "./action-log.module.css";

/** One line: when, from which stream, and its text as text. */
export const LogLine = memo(function LogLine(props: {
	readonly line: OutputLine;
	/** Of the step that the line belongs to. */
	readonly title: string;
	readonly zone: Zone;
}) {
	const { line, title, zone } = props;
	const at = absoluteTime(line.at, zone);
	if (line.kind === "step") {
		return (
			<span className={classes.step}>
				<span className={classes.at} />
				<span className={classes.text}>{title}</span>
			</span>
		);
	}
	return (
		<span className={classes.printed} data-stream={line.kind}>
			<span className={classes.at} title={at}>
				{at.slice(11, 19)}
			</span>
			<span className={classes.stream} title={streamTitle(line.kind)}>
				{line.kind === "stderr" ? "err" : line.kind === "note" ? "●" : ""}
				{line.kind === "note" && (
					<span className="visually-hidden">Tocsin: </span>
				)}
			</span>
			<bdi className={classes.text}>
				{inertText(line.text.replace(/\r$/, ""))}
			</bdi>
		</span>
	);
});

function streamTitle(kind: "stdout" | "stderr" | "note"): string | undefined {
	if (kind === "stderr") return "Standard error";
	return kind === "note" ? "Written by Tocsin" : undefined;
}
