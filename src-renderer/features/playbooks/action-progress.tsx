import { Progress } from "@mantine/core";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { useLiveText } from "../../ground/clock.ts";
import classes from "./action-view.module.css";
import { secondsWords } from "./action-words.ts";

/** How long it has run against how long it was expected to. An estimate, and said to be one. */
export function ActionProgress(props: { readonly action: PlaybookAction }) {
	const { startedAt, createdAt, estimatedDurationSeconds } = props.action;
	const begun = startedAt ?? createdAt;
	const expected = estimatedDurationSeconds;
	const percent = useLiveText((now) =>
		String(
			expected === 0
				? 100
				: Math.min(100, Math.round((now - begun) / 10 / expected)),
		),
	);
	const words = useLiveText((now) => {
		const left = expected - (now - begun) / 1_000;
		if (left >= 0.5) return `about ${secondsWords(Math.ceil(left))} left`;
		return `${secondsWords(Math.max(1, Math.round(-left)))} over the estimate`;
	});
	return (
		<div className={classes.progress}>
			<Progress
				value={Number(percent)}
				transitionDuration={0}
				size="sm"
				aria-label="Time run against the estimate"
			/>
			<span className="dim tabular">
				Estimate {secondsWords(expected)}; {words}
			</span>
		</div>
	);
}
