import { useDebouncedValue } from "@mantine/hooks";
import type { AlertMatcher } from "../../../src-shared/contract/index.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./alert-rules.module.css";

const lookAfter = 400;

/** Which of the alerts that fire now the conditions match; conditions that are half written are left out. */
export function MatchingNow(props: {
	readonly projectId: string;
	readonly matchers: readonly AlertMatcher[];
}) {
	const { projectId } = props;
	const engine = useEngine();
	const written = JSON.stringify(
		props.matchers.filter(({ name }) => name.trim() !== ""),
	);
	const [asked] = useDebouncedValue(written, lookAfter);
	const { value } = useAnswer(asked, (signal) =>
		engine.alertRules.matching(
			{ projectId, matchers: JSON.parse(asked) as AlertMatcher[] },
			{ signal },
		),
	);
	return (
		<p className={classes.hint} role="status">
			{value === null
				? "\u00a0"
				: value.total === 0
					? "No alert that fires now matches."
					: value.total === 1
						? "1 alert that fires now matches: "
						: `${value.total.toLocaleString("en")} alerts that fire now match: `}
			{value !== null && value.total > 0 && (
				<bdi>
					{[...new Set(value.items.map(({ name }) => name))]
						.slice(0, 5)
						.join(", ")}
				</bdi>
			)}
		</p>
	);
}
