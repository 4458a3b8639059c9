import {
	IconAlertCircle,
	IconAlertTriangleFilled,
	IconCircleCheck,
	IconCircleDashed,
	IconEqualNot,
	IconPlayerPause,
	type TablerIcon,
} from "@tabler/icons-react";
import type { ModelStatus } from "../../../src-shared/domain/monitor.ts";
import styles from "./drift.module.css";
import { type ColumnVerdict, statusWord, verdictWord } from "./drift-words.ts";

interface Mark {
	readonly icon: TablerIcon;
	readonly colour: string;
}

const critical = {
	icon: IconAlertTriangleFilled,
	colour: "var(--status-critical)",
};
const warn = { icon: IconAlertCircle, colour: "var(--status-warn)" };
const ok = { icon: IconCircleCheck, colour: "var(--status-ok)" };
const tooLittle = { icon: IconCircleDashed, colour: "var(--status-none)" };

const statusMarks: Readonly<Record<ModelStatus, Mark>> = {
	critical,
	warn,
	ok,
	insufficient_data: tooLittle,
	disabled: { icon: IconPlayerPause, colour: "var(--status-none)" },
};

const verdictMarks: Readonly<Record<ColumnVerdict, Mark>> = {
	critical,
	warn,
	ok,
	insufficient: tooLittle,
	degenerate: { icon: IconEqualNot, colour: "var(--status-none)" },
};

/** A model's status as icon and word. */
export function StatusMark({ status }: { readonly status: ModelStatus }) {
	return <MarkWithWord mark={statusMarks[status]} word={statusWord(status)} />;
}

/** A column's verdict as icon and word. */
export function VerdictMark({ verdict }: { readonly verdict: ColumnVerdict }) {
	return (
		<MarkWithWord mark={verdictMarks[verdict]} word={verdictWord(verdict)} />
	);
}

function MarkWithWord({
	mark,
	word,
}: {
	readonly mark: Mark;
	readonly word: string;
}) {
	const Icon = mark.icon;
	return (
		<span className={styles.mark} style={{ color: mark.colour }}>
			<Icon size={14} aria-hidden="true" />
			{word}
		</span>
	);
}
