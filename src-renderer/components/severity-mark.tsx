import {
	IconAlertOctagonFilled,
	IconAlertTriangleFilled,
	IconCircleArrowDown,
	IconDiamondFilled,
	IconInfoCircle,
	type TablerIcon,
} from "@tabler/icons-react";
import {
	type Severity,
	severityWord,
} from "../../src-shared/domain/severity.ts";
import classes from "./mark.module.css";

const icons: Readonly<Record<Severity, TablerIcon>> = {
	1: IconAlertOctagonFilled,
	2: IconAlertTriangleFilled,
	3: IconDiamondFilled,
	4: IconCircleArrowDown,
	5: IconInfoCircle,
};

/** A severity as its shape, its word and, last, its colour. */
export function SeverityMark(props: { readonly severity: Severity }) {
	const Icon = icons[props.severity];
	return (
		<span
			className={classes.mark}
			style={{ color: `var(--severity-${props.severity})` }}
		>
			<Icon size={14} aria-hidden="true" />
			<span className={classes.word}>{severityLabel(props.severity)}</span>
		</span>
	);
}

/** `Critical`, `High`, `Medium`, `Low`, `Info`. */
export function severityLabel(severity: Severity): string {
	const word = severityWord(severity);
	return word.charAt(0).toUpperCase() + word.slice(1);
}
