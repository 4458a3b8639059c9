import { ORPCError } from "@orpc/client";
import { useEffect, useMemo, useRef, useState } from "react";
import type {
	IncidentDetail,
	Playbook,
} from "../../../src-shared/contract/index.ts";
import { plural } from "../../components/charts/number-words.ts";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import {
	draftKey,
	type PlaybookDraft,
	usePlaybookDrafts,
} from "../../state/playbook-drafts.ts";
import { useAction } from "../../state/use-actions.ts";
import type { ActionPlaces } from "./action-view.tsx";
import { actionName } from "./action-words.ts";
import { ChecklistView } from "./checklist-view.tsx";
import { DryRunView } from "./dry-run-view.tsx";
import {
	type FieldFaults,
	faultsOf,
	isSameParams,
	paramsOf,
	valuesOf,
} from "./field-values.ts";
import { ParamsForm } from "./params-form.tsx";
import { PlaybookCard } from "./playbook-card.tsx";
import classes from "./playbook-view.module.css";
import { fieldsOfSchema } from "./schema-fields.ts";

/** A playbook on an incident: its card, its form and, once made, the dry run. */
export function PlaybookView(props: {
	readonly incident: IncidentDetail;
	readonly playbook: Playbook;
	readonly places: ActionPlaces;
}) {
	const { incident, playbook, places } = props;
	return (
		<div className={classes.view}>
			<PlaybookCard playbook={playbook} />
			{playbook.kind === "checklist" ? (
				<ChecklistView incident={incident} playbook={playbook} />
			) : (
				<Runnable
					incidentId={incident.id}
					playbook={playbook}
					places={places}
				/>
			)}
		</div>
	);
}

const noFaults: FieldFaults = new Map();

function Runnable(props: {
	readonly incidentId: string;
	readonly playbook: Playbook;
	readonly places: ActionPlaces;
}) {
	const { incidentId, playbook } = props;
	const { connection, actions } = useWorkspace();
	const fields = useMemo(
		() => fieldsOfSchema(playbook.parameters),
		[playbook.parameters],
	);
	const { draft, keep } = useDraft(incidentId, playbook.id, () => ({
		values: valuesOf(fields),
		sent: null,
		dryRunId: null,
	}));
	const [faults, setFaults] = useState(noFaults);
	const [isBusy, setBusy] = useState(false);
	const { action } = useAction(draft.dryRunId);
	const { params, faults: unsendable } = paramsOf(fields, draft.values);
	const isStale =
		draft.sent === null ||
		unsendable.size > 0 ||
		!isSameParams(draft.sent, params);
	const preview = useRef<HTMLElement>(null);
	const [madeId, setMadeId] = useState<string | null>(null);
	useEffect(() => {
		// The keys that follow act on what was just made.
		if (madeId === null || preview.current === null) return;
		preview.current.focus({ preventScroll: true });
		preview.current.scrollIntoView({ block: "nearest" });
	}, [madeId]);

	async function dryRun(): Promise<void> {
		if (isBusy) return;
		setFaults(unsendable);
		if (unsendable.size > 0) {
			announce(faultCount(unsendable), "assertive");
			return;
		}
		setBusy(true);
		try {
			const made = await connection.client.playbooks.dryRun({
				incidentId,
				playbookId: playbook.id,
				params,
			});
			actions.take([made]);
			keep({ values: draft.values, sent: params, dryRunId: made.id });
			setMadeId(made.id);
			announce(
				`${actionName(made)}: ${plural(made.changes.length, "change")}. ${
					made.requiresApproval
						? "It needs an approval."
						: "It needs no approval."
				}`,
			);
		} catch (error) {
			const found = faultsIn(error, fields);
			setFaults(found);
			announce(faultCount(found), "assertive");
		} finally {
			setBusy(false);
		}
	}

	return (
		<>
			<ParamsForm
				name={playbook.name}
				fields={fields}
				values={draft.values}
				faults={faults}
				isBusy={isBusy}
				isAgain={draft.dryRunId !== null && isStale}
				onChange={(values) => keep({ ...draft, values })}
				onSubmit={() => void dryRun()}
			/>
			{action !== null && (
				<section
					ref={preview}
					tabIndex={-1}
					className={classes.preview}
					aria-label="Dry run"
				>
					<h4 className={classes.heading}>
						<span className="tabular">{actionName(action)}</span>
						<span className="dim">nothing has run</span>
					</h4>
					<DryRunView
						key={action.id}
						action={action}
						places={props.places}
						isStale={isStale}
					/>
				</section>
			)}
		</>
	);
}

function useDraft(
	incidentId: string,
	playbookId: string,
	first: () => PlaybookDraft,
): { readonly draft: PlaybookDraft; keep(draft: PlaybookDraft): void } {
	const kept = usePlaybookDrafts(({ drafts }) =>
		drafts.get(draftKey(incidentId, playbookId)),
	);
	const keep = usePlaybookDrafts((state) => state.keep);
	const [fresh] = useState(first);
	return {
		draft: kept ?? fresh,
		keep: (draft) => keep(incidentId, playbookId, draft),
	};
}

/** Where the engine says that parameters are wrong, at the fields; anything else above them. */
function faultsIn(
	error: unknown,
	fields: Parameters<typeof faultsOf>[0],
): FieldFaults {
	if (error instanceof ORPCError && error.code === "INVALID") {
		const found = faultsOf(fields, error.data);
		if (found.size > 0) return found;
	}
	return new Map([["", [faultWords(error)]]]);
}

function faultCount(faults: FieldFaults): string {
	return `No dry run was made. ${[...faults.values()].flat().join(" ")}`;
}
