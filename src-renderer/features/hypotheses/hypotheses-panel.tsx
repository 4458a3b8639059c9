import { Alert, Button, Skeleton } from "@mantine/core";
import { IconBulb, IconRefresh } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import type {
	Hypothesis,
	HypothesisReport,
	IncidentDetail,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { doWithUndo, showFault } from "../../components/undo-toast.tsx";
import { useRowFocus } from "../../components/use-row-focus.ts";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { useEngine, useWorkspace } from "../../state/engine-context.tsx";
import { whyNot } from "../../state/why-not.ts";
import { AskModel } from "./ask-model.tsx";
import classes from "./hypotheses.module.css";
import { HypothesisCard } from "./hypothesis-card.tsx";
import { type Verdict, verdicts, verdictWords } from "./hypothesis-words.ts";
import { NoHypothesis } from "./no-hypothesis.tsx";
import { useHypotheses } from "./use-hypotheses.ts";

/** The candidate causes of an incident, the likeliest first, each with its evidence and its verdicts. */
export function HypothesesPanel(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	const { value, fault, isLoading, reload } = useHypotheses(incident.id);
	if (value !== null) {
		return (
			<Report
				key={incident.id}
				incident={incident}
				report={value}
				reload={reload}
			/>
		);
	}
	if (isLoading) return <Waiting />;
	return (
		<EmptyState
			title="The hypotheses cannot be shown"
			text={fault ?? "The engine did not answer."}
			action={
				<Button variant="default" onClick={reload}>
					Try again
				</Button>
			}
		/>
	);
}

function Report(props: {
	readonly incident: IncidentDetail;
	readonly report: HypothesisReport;
	reload(): void;
}) {
	const { incident, report, reload } = props;
	const engine = useEngine();
	const session = useStore(useWorkspace().facts, (facts) => facts.session);
	const list = useRef<HTMLDivElement>(null);
	const rows = useRowFocus(list);
	const [busy, setBusy] = useState(false);
	// Undefined until a person opened or closed one: then it is the likeliest.
	const [chosenId, setChosenId] = useState<string | null | undefined>();
	const open =
		chosenId === undefined
			? report.items[0]
			: report.items.find(({ id }) => id === chosenId);
	const refusal = session && whyNot(callNeeds.hypotheses.feedback, session);
	const refusalAgain =
		session && whyNot(callNeeds.hypotheses.generate, session);

	function ownVerdict(hypothesis: Hypothesis): Verdict | null {
		const own = hypothesis.feedback.find(
			({ personId }) => personId === session?.user.id,
		);
		return own?.verdict ?? null;
	}

	async function judge(hypothesis: Hypothesis, verdict: Verdict) {
		const before = ownVerdict(hypothesis);
		const next = before === verdict ? null : verdict;
		const { id } = hypothesis;
		await doWithUndo({
			done:
				next === null
					? `Your verdict on hypothesis ${hypothesis.rank} is taken back`
					: `Hypothesis ${hypothesis.rank} ${verdictWords[next].done}`,
			notDone: "The verdict was not kept",
			act: () => engine.hypotheses.feedback({ id, verdict: next }),
			undo: () =>
				engine.hypotheses.feedback({ id, verdict: before }).finally(reload),
		});
		reload();
	}

	async function regenerate(): Promise<void> {
		if (busy) return;
		if (refusalAgain !== null) {
			showFault(refusalAgain);
			return;
		}
		setBusy(true);
		try {
			const { version, items } = await engine.hypotheses.generate({
				incidentId: incident.id,
			});
			announce(
				version === report.version
					? "The records give the same hypotheses as before."
					: `${items.length} hypotheses made anew.`,
			);
			reload();
		} catch (error) {
			showFault(`No hypotheses were made. ${faultWords(error)}`);
		} finally {
			setBusy(false);
		}
	}

	function step(by: 1 | -1): boolean {
		const at = open === undefined ? -1 : report.items.indexOf(open);
		const next = report.items[at + by];
		if (next === undefined) return false;
		setChosenId(next.id);
		requestAnimationFrame(() =>
			list.current
				?.querySelector<HTMLElement>("[data-row][aria-expanded=true]")
				?.focus(),
		);
		return true;
	}

	useShortcuts([
		key("shift+r", "Look for causes again", () => void regenerate()),
		...(report.items.length === 0
			? []
			: [
					key("]", "Next hypothesis", () => step(1)),
					key("[", "Hypothesis before", () => step(-1)),
					...verdicts.map((verdict) =>
						key(
							verdictWords[verdict].key,
							`${verdictWords[verdict].verb} (again: take back)`,
							() => {
								if (open === undefined) return false;
								if (refusal !== null) showFault(refusal);
								else void judge(open, verdict);
							},
						),
					),
				]),
	]);

	const again = (
		<span className={classes.verbs}>
			<AskModel
				incidentId={incident.id}
				refusal={session && whyNot(callNeeds.assistant.consult, session)}
				onAnswered={reload}
			/>
			<Button
				id="incident-hypotheses"
				variant="default"
				size="compact-sm"
				loading={busy}
				disabled={refusalAgain !== null}
				leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden="true" />}
				rightSection={<KeyCaps keys="shift+r" />}
				onClick={() => void regenerate()}
			>
				Look again
			</Button>
		</span>
	);
	if (report.items.length === 0) {
		return <NoHypothesis report={report} incident={incident} action={again} />;
	}
	return (
		<div className={classes.panel} ref={list} role="presentation">
			<div className={classes.above}>
				<span className="dim">
					{report.items.length === 1
						? "1 candidate cause"
						: `${report.items.length} candidate causes`}
					{report.generatedAt !== null && (
						<>
							, as of <RelativeTime at={report.generatedAt} ago />
						</>
					)}
				</span>
				{again}
			</div>
			{report.isInconclusive && (
				<Alert
					className={classes.inconclusive}
					variant="outline"
					color="gray"
					icon={<IconBulb size={16} stroke={1.6} aria-hidden="true" />}
				>
					The records do not tell the cause: none of these is likely by itself.
					Read them as places to look.
				</Alert>
			)}
			<ol className={classes.cards} onKeyDown={rows.onKeyDown}>
				{report.items.map((hypothesis) => (
					<HypothesisCard
						key={hypothesis.id}
						hypothesis={hypothesis}
						modelId={incident.modelId}
						ownVerdict={ownVerdict(hypothesis)}
						refusal={refusal}
						isOpen={hypothesis === open}
						onToggle={() =>
							setChosenId(hypothesis === open ? null : hypothesis.id)
						}
						onJudge={(verdict) => void judge(hypothesis, verdict)}
					/>
				))}
			</ol>
		</div>
	);
}

function key(keys: string, label: string, run: () => unknown): Shortcut {
	return {
		keys,
		label,
		group: "Hypotheses",
		run: () => run() !== false,
	};
}

function Waiting() {
	return (
		<div className={classes.panel} role="status" aria-label="Loading">
			<Skeleton height={22} width={180} mb={12} />
			{[0, 1, 2].map((row) => (
				<Skeleton key={row} height={52} mb={1} />
			))}
		</div>
	);
}
