import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type {
	IncidentDetail,
	Playbook,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import {
	currentPlace,
	navigate,
	placeHash,
	usePlace,
} from "../../ground/router.ts";
import {
	useEngine,
	useNewChannel,
	useWorkspace,
} from "../../state/engine-context.tsx";
import { usePlaybookDrafts } from "../../state/playbook-drafts.ts";
import { useAction } from "../../state/use-actions.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { type ActionPlaces, ActionView } from "./action-view.tsx";
import { actionPath } from "./action-words.ts";
import { valuesOf } from "./field-values.ts";
import { IncidentPlaybookList } from "./incident-playbook-list.tsx";
import classes from "./incident-playbooks.module.css";
import { keepScrollKeys } from "./keep-scroll-keys.ts";
import { panelKey } from "./panel-key.ts";
import { PlaybookView } from "./playbook-view.tsx";
import { fieldsOfSchema } from "./schema-fields.ts";

/**
 * The playbooks that suit an incident, one of them with its form, and every action so far. Which
 * is open stands in the address: `#/incident/<id>/playbooks/<playbook>` or `…/action/<action>`.
 */
export function IncidentPlaybooks(props: {
	readonly incident: IncidentDetail;
}) {
	const { incident } = props;
	const { path, query } = usePlace();
	const playbookId = path[2] === "playbooks" ? (path[3] ?? null) : null;
	const actionId = path[2] === "action" ? (path[3] ?? null) : null;
	const found = usePlaybooksOf(incident.id);
	const playbook = found.all.find((each) => each.id === playbookId) ?? null;
	const isOpen = playbookId !== null || actionId !== null;
	const places = usePlaces(incident.id, found.all);
	const close = () =>
		navigate(["incident", incident.id, "playbooks"], currentPlace().query);
	useShortcuts([panelKey("escape", "Back to the playbooks", isOpen, close)]);

	return (
		<div className={classes.panel} data-open={isOpen || undefined}>
			<IncidentPlaybookList
				incidentId={incident.id}
				answer={found}
				openId={playbookId ?? actionId}
				hrefOfPlaybook={(id) =>
					placeHash(["incident", incident.id, "playbooks", id], query)
				}
				hrefOfAction={places.hrefOf}
			/>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from others */}
			<div className={classes.detail} onKeyDown={keepScrollKeys}>
				{isOpen && (
					<div className={classes.back}>
						<Button
							variant="subtle"
							color="gray"
							leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
							rightSection={<KeyCaps keys="escape" />}
							onClick={close}
						>
							Playbooks
						</Button>
					</div>
				)}
				{/* Another one begins at its top. */}
				<div key={playbookId ?? actionId} className={classes.scroll}>
					<PaneBoundary name="The playbook">
						{actionId !== null ? (
							<ActionOfIncident
								key={actionId}
								actionId={actionId}
								incidentId={incident.id}
								places={places}
							/>
						) : playbook !== null ? (
							<PlaybookView
								key={playbook.id}
								incident={incident}
								playbook={playbook}
								places={places}
							/>
						) : playbookId !== null && !found.isLoading ? (
							<EmptyState
								title="No such playbook here"
								text={`The catalogue has no “${playbookId}”. Its file may have been removed, or have a fault: the Playbooks page lists those.`}
							/>
						) : (
							playbookId === null && (
								<EmptyState
									title="No playbook chosen"
									text="Choose one with the arrow keys and Enter. What it would do is shown before anything runs."
								/>
							)
						)}
					</PaneBoundary>
				</div>
			</div>
		</div>
	);
}

/** An action that the address names, told to belong elsewhere when it does. */
function ActionOfIncident(props: {
	readonly actionId: string;
	readonly incidentId: string;
	readonly places: ActionPlaces;
}) {
	const { action } = useAction(props.actionId);
	const strayTo =
		action !== null && action.incidentId !== props.incidentId
			? action.incidentId
			: null;
	useEffect(() => {
		if (strayTo === null) return;
		navigate(
			["incident", strayTo, "action", props.actionId],
			currentPlace().query,
			{ replace: true },
		);
	}, [strayTo, props.actionId]);
	return <ActionView actionId={props.actionId} places={props.places} />;
}

export interface PlaybooksOfIncident {
	readonly suggested: readonly Playbook[];
	readonly others: readonly Playbook[];
	readonly all: readonly Playbook[];
	readonly isLoading: boolean;
	readonly fault: string | null;
	reload(): void;
}

const none: readonly Playbook[] = [];

/** What suits an incident; asked again with a new channel and when the catalogue was read anew. */
function usePlaybooksOf(incidentId: string): PlaybooksOfIncident {
	const engine = useEngine();
	const catalogue = useStore(useWorkspace().lists, (lists) => lists.catalogue);
	const answer = useAnswer(incidentId, (signal) =>
		engine.playbooks.forIncident({ incidentId }, { signal }),
	);
	const { reload, value, fault } = answer;
	useNewChannel(reload);
	const before = useRef(catalogue);
	useEffect(() => {
		if (before.current === catalogue) return;
		before.current = catalogue;
		reload();
	}, [catalogue, reload]);
	const suggested = value?.suggested ?? none;
	const others = value?.others ?? none;
	const all = useMemo(() => [...suggested, ...others], [suggested, others]);
	return {
		suggested,
		others,
		all,
		isLoading: value === null && fault === null,
		fault: value === null ? fault : null,
		reload,
	};
}

function usePlaces(
	incidentId: string,
	playbooks: readonly Playbook[],
): ActionPlaces {
	const keep = usePlaybookDrafts((state) => state.keep);
	return {
		hrefOf: (action) => placeHash(actionPath(action), currentPlace().query),
		open: (action) => navigate(actionPath(action), currentPlace().query),
		reuse(action: PlaybookAction) {
			const playbook = playbooks.find((each) => each.id === action.playbookId);
			if (playbook === undefined) return;
			keep(incidentId, playbook.id, {
				values: valuesOf(fieldsOfSchema(playbook.parameters), action.params),
				sent: null,
				dryRunId: null,
			});
			navigate(
				["incident", incidentId, "playbooks", playbook.id],
				currentPlace().query,
			);
		},
	};
}
