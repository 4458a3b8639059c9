import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import {
	fullNumber,
	shareWords,
} from "../../components/charts/number-words.ts";

/** Missing share of the baseline and of the current window. */
export function MissingShares({
	quality,
}: {
	readonly quality: ColumnEvidence["quality"];
}) {
	const { baselineMissingShare: before, currentMissingShare: now } = quality;
	return (
		<span
			title={`Baseline ${fullNumber(before)}, current ${fullNumber(now)}`}
			style={{ whiteSpace: "nowrap" }}
		>
			{before === now
				? shareWords(now)
				: `${shareWords(before)} → ${shareWords(now)}`}
		</span>
	);
}
