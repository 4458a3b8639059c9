import { Button, Checkbox, Skeleton } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useState } from "react";
import type {
	AssistantSettings,
	Consultation,
	EgressPreview,
	Session,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { plural } from "../../components/charts/number-words.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fault, Line } from "../../components/section.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { inertText } from "../../ground/inert-text.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { whyNot } from "../../state/why-not.ts";
import { consultationWords } from "./consultation-words.ts";
import { withheldWords } from "./egress-words.ts";
import classes from "./model-server.module.css";

/** What one incident would send: to be read, agreed to by an admin, and tried. */
export function SentBytes(props: {
	readonly incidentId: string;
	readonly session: Session;
	onChanged(settings?: AssistantSettings): void;
}) {
	const { incidentId, session } = props;
	const engine = useEngine();
	const preview = useAnswer(`preview ${incidentId}`, (signal) =>
		engine.assistant.preview({ incidentId }, { signal }),
	);
	const [isRead, setRead] = useState(false);
	const [busy, setBusy] = useState<"agree" | "send" | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const [outcome, setOutcome] = useState<Consultation | null>(null);
	const { value } = preview;

	async function agree({ hash }: EgressPreview): Promise<void> {
		setBusy("agree");
		setFault(null);
		try {
			props.onChanged(await engine.assistant.confirm({ incidentId, hash }));
			announce("Agreed. It can be asked from now on.");
		} catch (error) {
			setFault(`It was not agreed to. ${faultWords(error)}`);
		} finally {
			setBusy(null);
			setRead(false);
			preview.reload();
		}
	}

	async function send(): Promise<void> {
		setBusy("send");
		setFault(null);
		setOutcome(null);
		try {
			const next = await engine.assistant.consult({ incidentId });
			announce(consultationWords(next));
			setOutcome(next);
		} catch (error) {
			setFault(`Nothing was sent. ${faultWords(error)}`);
		} finally {
			setBusy(null);
			props.onChanged();
		}
	}

	const reason = whyNot(callNeeds.assistant.confirm, session);
	if (value === null) {
		return preview.fault === null ? (
			<div role="status" aria-label="Loading">
				<Skeleton height={160} />
			</div>
		) : (
			<Fault>
				What would be sent cannot be shown: {preview.fault}{" "}
				<Button variant="default" size="compact-xs" onClick={preview.reload}>
					Try again
				</Button>
			</Fault>
		);
	}
	return (
		<>
			<Bytes preview={value} />
			{value.isConfirmed ? (
				<div className={classes.verbs}>
					<Button
						variant="default"
						loading={busy === "send"}
						onClick={() => void send()}
					>
						Test: send this now
					</Button>
					<span className="dim">
						Agreed to. Claims become hypotheses of this incident.
					</span>
				</div>
			) : reason === null ? (
				<div className={classes.verbs}>
					<Checkbox
						label="I have read what leaves this machine"
						checked={isRead}
						onChange={(event) => setRead(event.currentTarget.checked)}
					/>
					<Button
						disabled={!isRead}
						loading={busy === "agree"}
						onClick={() => void agree(value)}
					>
						I agree to send this
					</Button>
				</div>
			) : (
				<p>
					Nobody has agreed to this yet, and nothing is sent until then.{" "}
					{reason}
				</p>
			)}
			{fault !== null && <Fault>{fault}</Fault>}
			{outcome !== null && <Outcome outcome={outcome} />}
		</>
	);
}

function Bytes({ preview }: { readonly preview: EgressPreview }) {
	const withheld = withheldWords(preview.withheld);
	return (
		<>
			<div className={classes.head}>
				<span className="dim">
					POST <bdi>{preview.url}</bdi>,{" "}
					<span className="tabular">
						{preview.bytes.toLocaleString("en-US")} bytes
					</span>
				</span>
				<CopyButton text={preview.body} label="Copy what would be sent" />
			</div>
			<section
				className={classes.bytes}
				aria-label="What would be sent"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
				tabIndex={0}
			>
				<pre dir="ltr">{inertText(preview.body)}</pre>
			</section>
			<div className={classes.facts}>
				<Line name="SHA-256">
					<span className={classes.hash}>{preview.hash}</span>
				</Line>
				<Line name="Stays here">
					<span>
						{withheld ?? "Nothing of what is known of it"}
						{preview.leftOut > 0 &&
							`; ${plural(preview.leftOut, "record")} for want of tokens`}
					</span>
				</Line>
				<Line name="Hidden as secrets">
					<span>
						{preview.redactions === 0
							? "Nothing looked like one"
							: plural(preview.redactions, "place")}
						. The key goes in a header and is not shown.
					</span>
				</Line>
			</div>
		</>
	);
}

function Outcome({ outcome }: { readonly outcome: Consultation }) {
	const Icon = outcome.isSuccess ? IconCircleCheck : IconCircleX;
	return (
		<div
			className={classes.outcome}
			role="status"
			data-success={outcome.isSuccess}
		>
			<Icon size={16} stroke={1.75} aria-hidden="true" />
			<bdi>{inertText(consultationWords(outcome))}</bdi>
		</div>
	);
}
