import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconChevronDown, IconX } from "@tabler/icons-react";
import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import {
	type IncidentState,
	nextStates,
} from "../../../src-shared/domain/lifecycle.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { OwnerMark } from "../../components/owner-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { StateIcon, StateMark } from "../../components/state-mark.tsx";
import { placeHash } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { keyedMoves, moveWords } from "../../state/move-words.ts";
import { useSelection } from "../../state/selection.ts";
import { IncidentClocks } from "./incident-clocks.tsx";
import classes from "./incident-pane.module.css";
import { closeIncident } from "./incident-place.ts";
import { performVerb } from "./perform-verb.ts";

/** Title, state, severity, owner and clocks, and the moves that are open from here. */
export function IncidentHeader(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	return (
		<header className={classes.header}>
			<div className={classes.bar}>
				<ActionIcon
					aria-label="Back to the list"
					color="gray"
					onClick={closeIncident}
				>
					<IconArrowLeft size={16} stroke={1.75} />
				</ActionIcon>
				<span className="tabular dim">#{incident.number}</span>
				<span className="faint">
					opened <RelativeTime at={incident.openedAt} ago />
				</span>
				<span style={{ flex: 1 }} />
				<CopyButton text={linkTo(incident.id)} label="Copy the link" />
				<Tooltip
					label={
						<span>
							Close <KeyCaps keys="escape" />
						</span>
					}
				>
					<ActionIcon
						aria-label="Close the incident"
						color="gray"
						onClick={closeIncident}
					>
						<IconX size={16} stroke={1.75} />
					</ActionIcon>
				</Tooltip>
			</div>
			<h2 className={classes.title}>{incident.title}</h2>
			<div className={classes.facts}>
				<span className={classes.fact}>
					<StateMark state={incident.state} />
				</span>
				<FactButton
					keys="s"
					label="Set severity"
					onClick={() => askFor(incident.id, "severity")}
				>
					<SeverityMark severity={incident.severity} />
				</FactButton>
				<FactButton
					keys="o"
					label="Set owner"
					onClick={() => askFor(incident.id, "owner")}
				>
					<OwnerMark name={incident.ownerName} />
				</FactButton>
				{incident.modelId !== null && (
					<a
						className={`${classes.fact} truncate`}
						href={placeHash(
							["drift", incident.modelId],
							incident.driftId === null ? {} : { drift: incident.driftId },
						)}
					>
						{incident.modelId}
					</a>
				)}
			</div>
			<IncidentClocks incident={incident} />
			<Moves incident={incident} />
		</header>
	);
}

function FactButton(props: {
	readonly keys: string;
	readonly label: string;
	readonly children: React.ReactNode;
	onClick(): void;
}) {
	return (
		<Tooltip
			label={
				<span>
					{props.label} <KeyCaps keys={props.keys} />
				</span>
			}
		>
			<button type="button" className={classes.fact} onClick={props.onClick}>
				<span className="visually-hidden">{props.label}. Now: </span>
				{props.children}
			</button>
		</Tooltip>
	);
}

/** The next step stands out; steps without a key are in the menu. */
function Moves(props: { readonly incident: IncidentDetail }) {
	const workspace = useWorkspace();
	const { id, state } = props.incident;
	const open = nextStates(state);
	const keyed = keyedMoves.filter((to) => open.includes(to));
	const others = open.filter((to) => moveWords(to).key === null);
	const shown: readonly IncidentState[] = keyed.length > 0 ? keyed : others;
	const rest = keyed.length > 0 ? others : [];
	const move = (to: IncidentState) =>
		void performVerb(workspace, [id], { kind: "move", to });
	if (open.length === 0) return null;
	return (
		<div className={classes.moves}>
			{shown.map((to, index) => {
				const words = moveWords(to);
				return (
					<Button
						key={to}
						variant={index === 0 ? "filled" : "default"}
						rightSection={
							words.key === null ? undefined : <KeyCaps keys={words.key} />
						}
						onClick={() => move(to)}
					>
						{words.verb}
					</Button>
				);
			})}
			{rest.length > 0 && (
				<Menu position="bottom-start">
					<Menu.Target>
						<Button
							variant="default"
							rightSection={<IconChevronDown size={13} aria-hidden="true" />}
						>
							More
						</Button>
					</Menu.Target>
					<Menu.Dropdown>
						{rest.map((to) => (
							<Menu.Item
								key={to}
								leftSection={<StateIcon state={to} />}
								onClick={() => move(to)}
							>
								{moveWords(to).verb}
							</Menu.Item>
						))}
					</Menu.Dropdown>
				</Menu>
			)}
		</div>
	);
}

function askFor(id: string, what: "severity" | "owner"): void {
	const { clear, moveTo, ask } = useSelection.getState();
	clear();
	moveTo(id);
	ask(what);
}

/** The address of an incident, without the list's filter. */
function linkTo(id: string): string {
	return location.href.replace(/#.*$/, "") + placeHash(["incident", id]);
}
