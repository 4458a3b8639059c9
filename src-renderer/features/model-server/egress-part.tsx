import { Button, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import type {
	AssistantSettings,
	Session,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { Section } from "../../components/section.tsx";
import { navigate, usePlace } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { whyNot } from "../../state/why-not.ts";
import { type Stage, stageWords } from "./egress-words.ts";
import classes from "./model-server.module.css";
import { SentBytes } from "./sent-bytes.tsx";

const choicesShown = 200;

/** The very bytes that a chosen incident would send, to be read and agreed to. */
export function EgressPart(props: {
	readonly session: Session;
	readonly stage: Stage;
	onChanged(settings?: AssistantSettings): void;
}) {
	const { session, stage } = props;
	const { incidents } = useWorkspace();
	const { query } = usePlace();
	const asked = query.get("incident");
	const [round, setRound] = useState(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: opened again, it lists what came in since
	const choices = useMemo(() => newest(incidents.all(), asked), [asked, round]);
	const refusal = whyNot(callNeeds.assistant.preview, session);
	return (
		<Section title="What is sent">
			<p>
				Choose an incident and read what would leave for it, byte for byte,
				before anything does. An admin agrees once to a server and to what may
				leave; a change of either is agreed to anew.
			</p>
			{refusal !== null ? (
				<p>{refusal}</p>
			) : stage === "unset" || stage === "off" || stage === "closed" ? (
				<p>{stageWords[stage].means}</p>
			) : (
				<>
					<div className={classes.ask}>
						<Select
							className={classes.incident}
							label="Incident"
							placeholder="Search the newest"
							nothingFoundMessage="No such incident among the newest"
							searchable
							limit={50}
							data={choices}
							value={asked}
							onDropdownOpen={() => setRound((before) => before + 1)}
							onChange={(id) =>
								navigate(
									["settings", "model-server"],
									id === null ? {} : { incident: id },
									{ replace: true },
								)
							}
						/>
						{asked !== null && (
							<Button
								component="a"
								variant="default"
								href={`#/incident/${encodeURIComponent(asked)}/hypotheses`}
							>
								Open the incident
							</Button>
						)}
					</div>
					{asked !== null && (
						<SentBytes
							key={asked}
							incidentId={asked}
							session={session}
							onChanged={props.onChanged}
						/>
					)}
				</>
			)}
		</Section>
	);
}

function newest(
	rows: readonly {
		readonly id: string;
		readonly number: number;
		readonly title: string;
	}[],
	chosenId: string | null,
) {
	const first = rows.toSorted((a, b) => b.number - a.number);
	const chosen = first.filter(({ id }) => id === chosenId);
	const kept = first.slice(0, choicesShown);
	return [...chosen.filter((each) => !kept.includes(each)), ...kept].map(
		({ id, number, title }) => ({ value: id, label: `#${number} ${title}` }),
	);
}
