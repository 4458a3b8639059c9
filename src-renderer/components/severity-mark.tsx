import {
	type Severity,
	severityWord,
} from "../../src-shared/domain/severity.ts";
import classes from "./mark.module.css";
import { severityPaths } from "./mark-paths.ts";

/** A severity as its shape, its word and, last, its colour. */
export function SeverityMark(props: { readonly severity: Severity }) {
	return (
		<span
			className={classes.mark}
			style={{ color: `var(--severity-${props.severity})` }}
		>
			<svg viewBox="0 0 14 14" aria-hidden="true">
				<path d={severityPaths[props.severity]} />
			</svg>
			{severityLabel(props.severity)}
		</span>
	);
}

/** `Critical`, `High`, `Medium`, `Low`, `Info`. */
export function severityLabel(severity: Severity): string {
	const word = severityWord(severity);
	return word.charAt(0).toUpperCase() + word.slice(1);
}
