import type { WebhookDelivery } from "../../../../src-shared/contract/index.ts";
import { AbsoluteTime } from "../../../components/relative-time.tsx";
import { inertText } from "../../../ground/inert-text.ts";
import { attemptWords } from "./delivery-words.ts";
import classes from "./webhooks.module.css";

/** Every attempt of a delivery: when, what came back, and what the receiver said. */
export function AttemptList(props: {
	readonly attempts: WebhookDelivery["attempts"];
}) {
	if (props.attempts.length === 0) {
		return <p className="dim">It was not sent yet.</p>;
	}
	return (
		<ol className={classes.attempts} aria-label="Attempts">
			{props.attempts.map((attempt, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: attempts are only ever added at the end
				<li key={index}>
					<span className={classes.attemptHead}>
						<AbsoluteTime at={attempt.at} />
						<span className="tabular">{attemptWords(attempt)}</span>
					</span>
					{attempt.httpStatus !== null && attempt.fault !== null && (
						<span className={classes.attemptFault}>{attempt.fault}</span>
					)}
					{attempt.answer !== null && (
						<pre className={classes.answer}>
							<bdi>{inertText(attempt.answer)}</bdi>
						</pre>
					)}
				</li>
			))}
		</ol>
	);
}
