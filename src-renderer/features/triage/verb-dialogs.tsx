import { useStore } from "zustand";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { OwnerMark } from "../../components/owner-mark.tsx";
import { Picker } from "../../components/picker.tsx";
import {
	SeverityMark,
	severityLabel,
} from "../../components/severity-mark.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useSelection } from "../../state/selection.ts";
import { performVerb } from "../incident/index.ts";
import { NoteDialog } from "./note-dialog.tsx";

/** The menus that a verb opens: severity, owner and note, for whatever is selected. */
export function VerbDialogs() {
	const workspace = useWorkspace();
	const { owners } = useStore(workspace.lists);
	const { session } = useStore(workspace.facts);
	const { asking, ask } = useSelection();
	const targets = asking === null ? [] : useSelection.getState().targets();
	if (asking === null || targets.length === 0) return null;
	const what = targetWords(
		targets,
		(id) => workspace.incidents.get(id)?.number,
	);
	const close = () => ask(null);

	if (asking === "note") {
		const id = targets[0];
		return id === undefined ? null : (
			<NoteDialog incidentId={id} title={`Note on ${what}`} onClose={close} />
		);
	}
	if (asking === "severity") {
		return (
			<Picker
				title={`Severity of ${what}`}
				onClose={close}
				choices={severityRanks.map((rank) => ({
					value: rank,
					label: severityLabel(rank),
					content: <SeverityMark severity={rank} />,
					digit: String(rank),
				}))}
				onPick={(severity) =>
					void performVerb(workspace, targets, { kind: "severity", severity })
				}
			/>
		);
	}
	const me = session?.user.id;
	const people = [...(owners ?? [])].sort(
		(a, b) => Number(b.id === me) - Number(a.id === me),
	);
	return (
		<Picker<{ readonly id: string | null; readonly name: string | null }>
			title={`Owner of ${what}`}
			onClose={close}
			choices={[
				...people.map(({ id, name, email }) => ({
					value: { id, name },
					label: `${name} ${email}`,
					content: <OwnerMark name={id === me ? `${name} (you)` : name} />,
				})),
				{
					value: { id: null, name: null },
					label: "No owner",
					content: <OwnerMark name={null} />,
				},
			]}
			onPick={({ id, name }) =>
				void performVerb(
					workspace,
					targets,
					{ kind: "assign", ownerId: id },
					name,
				)
			}
		/>
	);
}

function targetWords(
	ids: readonly string[],
	numberOf: (id: string) => number | undefined,
): string {
	const first = ids[0];
	return ids.length === 1 && first !== undefined
		? `#${numberOf(first) ?? "?"}`
		: `${ids.length} incidents`;
}
