import type { Hypothesis } from "../../../src-shared/contract/index.ts";
import classes from "./hypotheses.module.css";
import { confidenceWords, percentWords } from "./hypothesis-words.ts";

/** A confidence as a tick in the band of its interval, with both in numbers. */
export function IntervalBar(props: {
	readonly confidence: Hypothesis["confidence"];
}) {
	const { score, lower, upper } = props.confidence;
	return (
		<span
			className={classes.interval}
			role="img"
			aria-label={confidenceWords(props.confidence)}
			title={confidenceWords(props.confidence)}
		>
			<span className={classes.score}>{percentWords(score)}</span>
			<span className={classes.track}>
				<span
					className={classes.band}
					style={{
						insetInlineStart: `${lower * 100}%`,
						width: `${Math.max(0.02, upper - lower) * 100}%`,
					}}
				/>
				<span
					className={classes.tick}
					style={{ insetInlineStart: `${score * 100}%` }}
				/>
			</span>
			<span className={classes.bounds}>
				{percentWords(lower)} – {percentWords(upper)}
			</span>
		</span>
	);
}
