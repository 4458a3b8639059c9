import { Button } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import { incidentStates } from "../../../src-shared/domain/lifecycle.ts";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { valueText } from "../../components/value-text.ts";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { sourceWord } from "../../state/incident-filter.ts";
import classes from "./incident-facts.module.css";

/** The record itself: where it came from, when it entered each state, and whether its chain is whole. */
export function IncidentFacts(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	return (
		<>
			<Verification key={incident.id} id={incident.id} />
			<dl className={classes.facts}>
				<Fact name="Source">
					{sourceWord(incident.source)}
					{incident.isHistory && ", in imported history"}
				</Fact>
				{incident.metric !== null && (
					<Fact name="Metric">
						{incident.metric} = {valueText(incident.value)}
					</Fact>
				)}
				<Fact name="Opened">
					<AbsoluteTime at={incident.openedAt} />
				</Fact>
				<Fact name="Last change">
					<AbsoluteTime at={incident.updatedAt} />
				</Fact>
				{incidentStates.map((state) => {
					const at = incident.enteredAt[state];
					return at === undefined ? null : (
						<Fact key={state} name={<StateMark state={state} />}>
							<AbsoluteTime at={at} />
						</Fact>
					);
				})}
				<Fact name="Id">
					<span className={classes.id}>{incident.id}</span>
				</Fact>
			</dl>
		</>
	);
}

function Fact(props: {
	readonly name: ReactNode;
	readonly children: ReactNode;
}) {
	return (
		<div className={classes.fact}>
			<dt>{props.name}</dt>
			<dd className="tabular">{props.children}</dd>
		</div>
	);
}

interface Verdict {
	readonly intact: boolean;
	readonly text: string;
}

function Verification(props: { readonly id: string }) {
	const engine = useEngine();
	const [verdict, setVerdict] = useState<Verdict | null>(null);
	const [busy, setBusy] = useState(false);

	async function verify(): Promise<void> {
		setBusy(true);
		try {
			const { intact, events, fault } = await engine.incidents.verify({
				id: props.id,
			});
			setVerdict({
				intact,
				text: intact
					? `All ${events} entries are as they were written, and none is missing.`
					: `The timeline was altered: ${fault ?? "a hash does not fit"}. Compare it with a backup before you rely on it.`,
			});
		} catch (error) {
			setVerdict({ intact: false, text: `Not checked. ${faultWords(error)}` });
		} finally {
			setBusy(false);
		}
	}

	return (
		<div className={classes.verification}>
			<Button variant="default" loading={busy} onClick={() => void verify()}>
				Verify the timeline
			</Button>
			<p
				role="status"
				className={classes.verdict}
				data-broken={verdict?.intact === false || undefined}
			>
				{verdict === null ? (
					"Every entry is chained to the one before it by SHA-256."
				) : (
					<>
						{verdict.intact ? (
							<IconShieldCheck size={16} aria-hidden="true" />
						) : (
							<IconShieldX size={16} aria-hidden="true" />
						)}
						{verdict.text}
					</>
				)}
			</p>
		</div>
	);
}
